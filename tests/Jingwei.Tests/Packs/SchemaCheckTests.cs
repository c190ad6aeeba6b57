using System.Text.Json;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Schemas;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Tests.Packs;

/// <summary>Every keyword that the published schemas use, by JSON Schema 2020-12: what passes, and what is said of what does not.</summary>
public sealed class SchemaCheckTests
{
    private static string Check(string schema, string yaml, string? other = null)
    {
        var problems = new ProblemList();
        var documents = new Dictionary<string, JsonElement> { ["a"] = JsonDocument.Parse(schema).RootElement };
        if (other is not null)
        {
            documents["b"] = JsonDocument.Parse(other).RootElement;
        }

        var schemas = new SchemaSet(documents);
        var node = YamlReader.Read(new SourceFile("f", yaml), PackLimits.Default, problems)!;
        new SchemaCheck(schemas, problems).Check(node, schemas["a"]);
        return string.Join(" | ", problems.Sorted().Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("object", "{}")]
    [InlineData("array", "[]")]
    [InlineData("string", "a")]
    [InlineData("string", "'1'")]
    [InlineData("number", "1.5")]
    [InlineData("number", "-2")]
    [InlineData("integer", "7")]
    [InlineData("integer", "7.0")]
    [InlineData("boolean", "true")]
    [InlineData("null", "~")]
    public void Type_accepts_values_of_the_type(string type, string yaml) => Assert.Equal("", Check($$"""{"type": "{{type}}"}""", yaml));

    [Theory]
    [InlineData("object", "[]", "f:1:1: found a list (expected a mapping)")]
    [InlineData("array", "{}", "f:1:1: found a mapping (expected a list)")]
    [InlineData("string", "1.5", "f:1:1: found the number 1.5 (expected text; put it in quotes)")]
    [InlineData("string", "false", "f:1:1: found the boolean false (expected text; put it in quotes)")]
    [InlineData("number", "'1'", "f:1:1: found the text `1` (expected a number)")]
    [InlineData("number", ".inf", "f:1:1: found the number .inf (expected a number)")]
    [InlineData("number", ".nan", "f:1:1: found the number .nan (expected a number)")]
    [InlineData("integer", "1.5", "f:1:1: found the number 1.5 (expected a whole number)")]
    [InlineData("boolean", "yes", "f:1:1: found the text `yes` (expected a boolean)")]
    [InlineData("null", "0", "f:1:1: found the number 0 (expected nothing)")]
    public void Type_refuses_values_of_others(string type, string yaml, string problem) => Assert.Equal(problem, Check($$"""{"type": "{{type}}"}""", yaml));

    [Theory]
    [InlineData("""{"type": ["string", "null"]}""", "1", "f:1:1: found the number 1 (expected text or nothing)")]
    [InlineData("""{"const": true}""", "true", "")]
    [InlineData("""{"const": true}""", "'true'", "f:1:1: found the text `true` (expected True)")]
    [InlineData("""{"const": 5}""", "5.0", "")]
    [InlineData("""{"enum": ["red", 4, null]}""", "4", "")]
    [InlineData("""{"enum": ["red", 4, null]}""", "~", "")]
    [InlineData("""{"enum": ["red", "green"]}""", "rde", "f:1:1: found the text `rde`, did you mean red? (expected one of red, green)")]
    [InlineData("""{"pattern": "^a+$", "description": "letters a"}""", "aab", "f:1:1: found the text `aab` (expected letters a)")]
    [InlineData("""{"pattern": "^a+$"}""", "5", "")]
    [InlineData("""{"maxLength": 3}""", "abcd", "f:1:1: found the text `abcd` (expected at most 3 characters)")]
    [InlineData("""{"maxLength": 3}""", "abc", "")]
    [InlineData("""{"minimum": 2, "maximum": 4, "description": "2 to 4"}""", "1.9", "f:1:1: found the number 1.9 (expected 2 to 4)")]
    [InlineData("""{"minimum": 2, "maximum": 4, "description": "2 to 4"}""", "4.1", "f:1:1: found the number 4.1 (expected 2 to 4)")]
    [InlineData("""{"minimum": 2, "maximum": 4}""", "2", "")]
    [InlineData("""{"minimum": 2, "maximum": 4}""", "text", "")]
    [InlineData("""{"not-there": 1}""", "5", null)]
    public void Keywords_on_single_values(string schema, string yaml, string? problem)
    {
        if (problem is null)
        {
            Assert.Equal(
                "a has the keyword not-there, which is not enforced.", Assert.Throws<InvalidOperationException>(() => Check(schema, yaml)).Message);
            return;
        }

        Assert.Equal(problem, Check(schema, yaml));
    }

    [Theory]
    [InlineData("""{"required": ["a", "b"]}""", "{a: 1}", "f:1:1: b is missing")]
    [InlineData("""{"required": ["a"]}""", "5", "")]
    [InlineData("""{"properties": {"a": {"type": "number"}}}""", "{a: x, b: y}", "f:1:5: found the text `x` (expected a number)")]
    [InlineData("""{"properties": {"name": {}}, "additionalProperties": false}""", "{nam: 1}", "f:1:2: unknown key nam, did you mean name? (expected one of name)")]
    [InlineData("""{"properties": {"a": {}}, "additionalProperties": {"type": "number"}}""", "{a: x, b: y}", "f:1:11: found the text `y` (expected a number)")]
    [InlineData("""{"properties": {"a": false}}""", "{a: x}", "f:1:5: the text `x` is not allowed here")]
    [InlineData("""{"propertyNames": {"pattern": "^[a-z]$", "description": "a letter"}}""", "{A: 1, b: 2, 3: 4}", "f:1:2: found the text `A` (expected a letter) | f:1:14: found the text `3` (expected a letter)")]
    [InlineData("""{"minProperties": 1}""", "{}", "f:1:1: an empty mapping (expected at least 1)")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}}""", "{a: 1}", "f:1:2: a without b (expected b beside a)")]
    [InlineData("""{"dependentRequired": {"a": ["b"]}}""", "{b: 1}", "")]
    public void Keywords_on_mappings(string schema, string yaml, string problem) => Assert.Equal(problem, Check(schema, yaml));

    [Theory]
    [InlineData("""{"items": {"type": "number"}}""", "[1, x]", "f:1:5: found the text `x` (expected a number)")]
    [InlineData("""{"minItems": 2}""", "[1]", "f:1:1: 1 items (expected at least 2: items)")]
    [InlineData("""{"minItems": 1, "maxItems": 2}""", "[1, 2, 3]", "f:1:1: 3 items (expected 1 to 2: items)")]
    [InlineData("""{"minItems": 2, "maxItems": 2, "description": "a pair"}""", "[1]", "f:1:1: 1 items (expected 2: a pair)")]
    [InlineData("""{"uniqueItems": true}""", "[a, b, a]", "f:1:8: a is in the list twice (expected every item once)")]
    [InlineData("""{"uniqueItems": true}""", "[a, b]", "")]
    public void Keywords_on_lists(string schema, string yaml, string problem) => Assert.Equal(problem, Check(schema, yaml));

    [Theory]
    [InlineData("""{"allOf": [{"type": "number"}, {"minimum": 3, "description": "3 or more"}]}""", "2", "f:1:1: found the number 2 (expected 3 or more)")]
    [InlineData("""{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}""", "{a: 1}", "")]
    [InlineData("""{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}""", "{}", "f:1:1: something is missing (expected exactly one of a, b)")]
    [InlineData("""{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}""", "{a: 1, b: 1}", "f:1:1: too much at once (expected exactly one of a, b)")]
    [InlineData("""{"if": {"type": "string"}, "then": {"maxLength": 1}}""", "ab", "f:1:1: found the text `ab` (expected at most 1 characters)")]
    [InlineData("""{"if": {"type": "string"}, "then": {"maxLength": 1}}""", "12", "")]
    [InlineData("""{"$ref": "#/$defs/x", "$defs": {"x": {"type": "number"}}}""", "x", "f:1:1: found the text `x` (expected a number)")]
    [InlineData("""{"$ref": "b#/$defs/x"}""", "y", "f:1:1: found the text `y` (expected a boolean)")]
    public void Keywords_that_combine(string schema, string yaml, string problem) =>
        Assert.Equal(problem, Check(schema, yaml, """{"$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"type": "boolean"}}}"""));

    [Theory]
    [InlineData("""{"$ref": "#/$defs/none"}""", "a refers to #/$defs/none, which is not there.")]
    [InlineData("""{"items": {"$ref": "c#/x"}}""", "a refers to c#/x, which is not there.")]
    public void A_reference_to_nothing_is_found_when_schemas_are_read(string schema, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Check(schema, "1")).Message);

    [Fact]
    public void The_schemas_in_the_program_are_those_that_are_published()
    {
        var published = Directory.GetFiles(Path.Combine(SourceTree.Root, "schemas"), "*.schema.json");
        Assert.Equal(13, published.Length);
        foreach (var file in published)
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            Assert.True(JsonElement.DeepEquals(document.RootElement, SchemaSet.Published[Path.GetFileName(file)].Element), file);
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", document.RootElement.GetProperty("$schema").GetString());
        }
    }
}
