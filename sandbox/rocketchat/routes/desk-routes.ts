// What a bridge asks of the server itself: who is who, which departments, who is there.

import { hasPermission } from '../permissions.ts';
import { coded, plain } from '../refusal.ts';
import type { Department, User } from '../state.ts';
import { giveToken } from '../verbs/add-user.ts';
import { findDepartment, findOpenRoom, findUser } from '../verbs/find.ts';
import { isAnybodyOnline, isDepartmentOnline } from '../verbs/online-agents.ts';
import { findVisitorByToken } from '../verbs/register-visitor.ts';
import { setStatus } from '../verbs/set-status.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  caller,
  failure,
  notFound,
  optionalText,
  page,
  type Route,
  success,
  text,
  unauthorized,
} from './route.ts';

export const deskRoutes: Route[] = [
  { method: 'POST', path: 'login', handle: logIn },
  { method: 'GET', path: 'me', auth: {}, handle: (_world, call) => success(me(caller(call))) },
  { method: 'GET', path: 'livechat/config', handle: config },
  {
    method: 'GET',
    path: 'livechat/config/routing',
    auth: {},
    handle: ({ settings }) =>
      success({
        config: {
          autoAssignAgent: settings.Livechat_Routing_Method !== 'Manual_Selection',
          showQueueLink: settings.Livechat_Routing_Method === 'Auto_Selection',
        },
      }),
  },
  {
    method: 'GET',
    path: 'livechat/department',
    auth: { needs: ['view-livechat-departments'] },
    handle: listDepartments,
  },
  {
    method: 'GET',
    path: 'livechat/department/:_id',
    auth: { needs: ['view-livechat-departments'] },
    handle: getDepartment,
  },
  {
    method: 'GET',
    path: 'livechat/department/:_id/agents',
    auth: { needs: ['view-livechat-departments'] },
    handle: listDepartmentAgents,
  },
  {
    method: 'GET',
    path: 'livechat/users/:type',
    auth: { needs: ['manage-livechat-agents'] },
    handle: listUsers,
  },
  {
    method: 'GET',
    path: 'livechat/users/:type/:_id',
    auth: { needs: ['view-livechat-manager'] },
    handle: getLivechatUser,
  },
  {
    method: 'POST',
    path: 'livechat/agent.status',
    auth: { needs: ['view-l-room'] },
    handle: changeStatus,
  },
  { method: 'GET', path: 'users.info', auth: {}, handle: userInfo },
  { method: 'GET', path: 'users.presence', auth: {}, handle: listPresence },
  {
    method: 'GET',
    path: 'livechat/custom-fields',
    auth: { needs: ['view-livechat-customfields'] },
    handle: ({ state }, call) => {
      const { rows, ...counts } = page([...state.customFields.values()], call);
      return success({ customFields: rows, ...counts });
    },
  },
];

function logIn(world: World, { body }: ApiCall): Answer {
  const name = optionalText(body, 'user') ?? optionalText(body, 'username') ?? '';
  const resumed = world.state.authTokens.get(optionalText(body, 'resume') ?? '');
  const user = findUser(world, resumed ?? name);
  const isRight =
    user !== undefined &&
    (resumed !== undefined || world.state.passwords.get(user._id) === body.password);
  if (!isRight) {
    return {
      status: 401,
      json: { status: 'error', error: 'Unauthorized', message: 'Unauthorized' },
    };
  }
  const authToken = giveToken(world, user._id);
  const data = { userId: user._id, authToken, me: me(user) };
  return { status: 200, json: { status: 'success', data } };
}

function me(user: User) {
  const { _id, name, username, emails, roles, status, statusLivechat, active } = user;
  return { _id, name, username, emails, roles, status, statusLivechat, active };
}

function config(world: World, { query }: ApiCall): Answer {
  const { settings, state } = world;
  if (!settings.Livechat_enabled) return success({ config: { enabled: false } });
  const guest = findVisitorByToken(world, optionalText(query, 'token') ?? '');
  const room = guest && findOpenRoom(world, guest.token);
  const user = state.users.get(room?.servedBy?._id ?? '');
  const wanted = optionalText(query, 'department');
  const department = wanted === undefined ? undefined : findDepartment(world, wanted);
  const online =
    department === undefined ? isAnybodyOnline(world) : isDepartmentOnline(world, department);
  return success({
    config: {
      enabled: true,
      online: online || settings.Livechat_accept_chats_with_no_agents,
      settings: {
        fileUpload: settings.Livechat_fileupload_enabled && settings.FileUpload_Enabled,
        limitTextLength:
          settings.Livechat_enable_message_character_limit &&
          (settings.Livechat_message_character_limit || settings.Message_MaxAllowedSize),
      },
      departments: [...state.departments.values()]
        .filter(({ enabled, agents }) => enabled && agents.length > 0)
        .map(({ _id, name, showOnRegistration, showOnOfflineForm }) => ({
          ...{ _id, name, showOnRegistration, showOnOfflineForm },
        })),
      ...(guest && { guest }),
      ...(room && { room }),
      ...(user && { agent: me(user) }),
    },
  });
}

function shown({ agents, ...department }: Department) {
  return { ...department, numAgents: agents.length };
}

function listDepartments({ state }: World, call: ApiCall): Answer {
  const searched = optionalText(call.query, 'text')?.toLowerCase() ?? '';
  const all = [...state.departments.values()]
    .filter(({ name }) => name.toLowerCase().includes(searched))
    .filter(({ enabled }) => call.query.enabled !== 'true' || enabled)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const { rows, ...counts } = page(all.map(shown), call);
  return success({ departments: rows, ...counts });
}

function getDepartment({ state }: World, { params, query }: ApiCall): Answer {
  const department = state.departments.get(params._id ?? '');
  const agents = department?.agents.map((agent) => ({ ...agent, departmentId: department._id }));
  return success({
    department: department === undefined ? null : shown(department),
    ...(query.includeAgents !== 'false' && { agents: agents ?? [] }),
  });
}

function listDepartmentAgents({ state }: World, call: ApiCall): Answer {
  const department = state.departments.get(call.params._id ?? '');
  const agents = (department?.agents ?? []).map((agent) => ({
    ...agent,
    departmentId: department?._id,
  }));
  const { rows, ...counts } = page(agents, call);
  return success({ agents: rows, ...counts });
}

const ROLES: Record<string, string> = { agent: 'livechat-agent', manager: 'livechat-manager' };

function roleOf({ params }: ApiCall): string {
  const role = ROLES[params.type ?? ''];
  if (role === undefined) throw plain('Invalid type');
  return role;
}

/** By name. Offline ones too, unless `showIdleAgents=false`. */
function listUsers(world: World, call: ApiCall): Answer {
  const role = roleOf(call);
  const { onlyAvailable, showIdleAgents } = call.query;
  const searched = optionalText(call.query, 'text')?.toLowerCase() ?? '';
  const all = [...world.state.users.values()]
    .filter(({ roles }) => roles.includes(role))
    .filter(({ username, name, emails }) =>
      [username, name, ...emails.map(({ address }) => address)].some((value) =>
        value.toLowerCase().includes(searched),
      ),
    )
    .filter(({ statusLivechat }) => onlyAvailable !== 'true' || statusLivechat === 'available')
    .filter(({ status }) => showIdleAgents !== 'false' || status !== 'offline')
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const shownUsers = all.map((user) => presentAgent(world, user));
  const { rows, ...counts } = page(shownUsers, call);
  return success({ users: rows, ...counts });
}

function presentAgent({ state }: World, user: User) {
  const { _id, username, name, emails, status, statusLivechat } = user;
  const departments = [...state.departments.values()]
    .filter(({ agents }) => agents.some(({ agentId }) => agentId === _id))
    .map((department) => department._id);
  return { _id, username, name, emails, status, statusLivechat, departments };
}

/** null: somebody without the role. */
function getLivechatUser(world: World, call: ApiCall): Answer {
  const user = world.state.users.get(call.params._id ?? '');
  if (user === undefined) return failure('User not found');
  const { departments: _, ...agent } = presentAgent(world, user);
  return success({ user: user.roles.includes(roleOf(call)) ? agent : null });
}

function changeStatus(world: World, call: ApiCall): Answer {
  const user = caller(call);
  const agent = world.state.users.get(optionalText(call.body, 'agentId') ?? user._id);
  if (!agent?.roles.includes('livechat-agent')) return notFound('Agent not found');
  if (!agent.active) return failure('error-user-deactivated');
  const given = optionalText(call.body, 'status');
  const toggled = agent.statusLivechat === 'available' ? 'not-available' : 'available';
  const status = given ?? toggled;
  if (status !== 'available' && status !== 'not-available') {
    throw coded('invalid-params', '/status must be equal to one of the allowed values');
  }
  if (agent._id !== user._id && !hasPermission(user, 'manage-livechat-agents')) return unauthorized;
  setStatus(world, agent, { statusLivechat: status });
  return success({ status });
}

function userInfo(world: World, { query }: ApiCall): Answer {
  const wanted = optionalText(query, 'userId') ?? text(query, 'username');
  const user = findUser(world, wanted);
  if (user === undefined)
    throw coded(
      'error-invalid-user',
      'The required "userId" or "username" param provided does not match any users',
    );
  return success({ user: me(user) });
}

/** `from` gives those who changed since; `ids` may repeat. */
function listPresence({ state }: World, { query }: ApiCall): Answer {
  const ids = [query['ids[]'] ?? query.ids ?? []].flat().map(String);
  const from = typeof query.from === 'string' ? Date.parse(query.from) : null;
  const users = [...state.users.values()]
    .filter(({ _id }) => ids.length === 0 || ids.includes(_id))
    .filter(({ status }) => ids.length > 0 || from !== null || status !== 'offline')
    .filter(({ _updatedAt }) => from === null || _updatedAt.getTime() > from)
    .map(({ _id, username, name, status }) => ({ _id, username, name, status }));
  return success({ users, full: from === null });
}
