// Renders a chart by what Helm renders with, text/template and sprig, for tests where there is no helm.
// From Debian: golang-go, golang-github-masterminds-sprig-dev. Reads JSON, prints the documents.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
)

type input struct {
	Folder string
	Data   map[string]interface{}
}

func main() {
	var in input
	must(json.NewDecoder(os.Stdin).Decode(&in))
	root := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = func(value interface{}) string { return strings.TrimSpace(block(value, 0)) }
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out strings.Builder
		err := root.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	root.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(in.Folder, "templates", "*"))
	must(err)
	sort.Strings(files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(err)
		_, err = root.New(filepath.Base(file)).Parse(string(text))
		must(err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") || !strings.HasSuffix(name, ".yaml") {
			continue
		}
		var out strings.Builder
		must(root.ExecuteTemplate(&out, name, in.Data))
		if strings.TrimSpace(out.String()) != "" {
			fmt.Printf("---\n%s\n", strings.TrimSpace(out.String()))
		}
	}
}

// Values as YAML in block style, as Helm writes them; every string is quoted.
func block(value interface{}, depth int) string {
	indent := strings.Repeat("  ", depth)
	switch one := value.(type) {
	case map[string]interface{}:
		if len(one) == 0 {
			return indent + "{}\n"
		}
		names := make([]string, 0, len(one))
		for name := range one {
			names = append(names, name)
		}
		sort.Strings(names)
		var out strings.Builder
		for _, name := range names {
			out.WriteString(indent + quote(name) + ":\n" + block(one[name], depth+1))
		}
		return out.String()
	case []interface{}:
		var out strings.Builder
		for _, part := range one {
			out.WriteString(indent + "-\n" + block(part, depth+1))
		}
		return out.String()
	default:
		return indent + quote(one) + "\n"
	}
}

func quote(value interface{}) string {
	text, err := json.Marshal(value)
	must(err)
	return string(text)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
