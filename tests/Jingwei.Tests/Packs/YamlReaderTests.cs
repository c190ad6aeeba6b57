using System.Text;
using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

/// <summary>What a file must be before it is looked at.</summary>
public sealed class YamlReaderTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    private string[] Problems(PackLimits? limits = null) => [.. PackLoader.Load(packs.Mill, limits).Problems.Select(problem => problem.ToString())];

    [Fact]
    public void Aliases_are_refused_before_they_multiply()
    {
        var bomb = new StringBuilder("a0: &a0 [lol]\n");
        for (var i = 1; i < 40; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        packs.Write("mill/maturity.yaml", bomb.ToString());
        var problems = Problems();
        Assert.Equal("maturity.yaml:1:5: anchors are not allowed: &a0 (expected every value written out)", problems[1]);
        Assert.Equal(40 + (39 * 3) + 1, problems.Count(problem => problem.StartsWith("maturity.yaml", StringComparison.Ordinal)));
    }

    [Fact]
    public void Merge_keys_are_refused()
    {
        packs.Write("mill/maturity.yaml", "- {<<: {item: a}, item: b, status: done}\n");
        Assert.Equal(["maturity.yaml:1:4: merge keys are not allowed (expected every value written out)"], Problems());
    }

    [Fact]
    public void Tags_are_refused()
    {
        packs.Write("mill/maturity.yaml", "- {item: !!str b, status: done}\n");
        Assert.Equal(["maturity.yaml:1:10: tags are not allowed: tag:yaml.org,2002:str (expected a plain value)"], Problems());
    }

    [Fact]
    public void Deep_nesting_is_refused_where_it_becomes_too_deep()
    {
        packs.Write("mill/maturity.yaml", new string('[', 100_000));
        Assert.Equal(["maturity.yaml:1:21: nested deeper than 20 levels (expected YAML 1.2)"], Problems());
    }

    [Fact]
    public void A_file_has_a_limited_number_of_values()
    {
        packs.Write("mill/maturity.yaml", "[a, b, c, d]\n");
        Assert.Contains("maturity.yaml:1:8: more than 3 values in a file (expected YAML 1.2)", Problems(new PackLimits(Nodes: 3)));
    }

    [Fact]
    public void A_file_has_a_limited_size()
    {
        packs.Write("mill/maturity.yaml", new string('#', 2001));
        Assert.Contains("maturity.yaml:1:1: the file has 2001 bytes (expected at most 2000)", Problems(new PackLimits(FileBytes: 2000)));
    }

    [Fact]
    public void A_pack_has_a_limited_number_of_files() =>
        Assert.Contains(
            "tests/hot.yaml:1:1: too many files in the pack; this and the rest are not read (expected at most 9)",
            Problems(new PackLimits(Files: 9)));

    [Fact]
    public void A_folder_has_a_limited_number_of_packs()
    {
        packs.Write("second/pack.yaml", "id: second\n");
        var problem = Assert.Single(PackLoader.Load(packs.Root, new PackLimits(Packs: 1)).Problems);
        Assert.Equal("second:1:1: too many packs; this and the rest are not read (expected at most 1)", problem.ToString());
    }

    [Fact]
    public void A_second_document_is_refused()
    {
        packs.Write("mill/maturity.yaml", "[]\n---\n[]\n");
        Assert.Equal(["maturity.yaml:2:1: a second document begins (expected one YAML document a file)"], Problems());
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        packs.Write("mill/maturity.yaml", "# nothing\n");
        Assert.Equal(["maturity.yaml:1:1: the file is empty (expected one YAML document)"], Problems());
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing()
    {
        packs.Delete("text/en.yaml");
        Assert.Equal(["text/en.yaml:1:1: the file is missing"], Problems());
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_placed()
    {
        packs.Write("mill/maturity.yaml", [.. "- {item: a, status: done}\n# caf"u8, 0xE9, (byte)'\n']);
        Assert.Equal(["maturity.yaml:2:6: the file is not UTF-8 (expected UTF-8)"], Problems());
    }

    [Fact]
    public void Utf16_is_refused()
    {
        packs.Write("mill/maturity.yaml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[]\n")]);
        Assert.Equal(["maturity.yaml:1:1: the file is not UTF-8 (expected UTF-8)"], Problems());
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        packs.Write("mill/maturity.yaml", [0xEF, 0xBB, 0xBF, .. "- {item: a, status: done}\r\n- {item: b, status: doen}\r\n"u8]);
        Assert.Equal(
            ["maturity.yaml:2:21: found the text `doen`, did you mean done? (expected a status: one of done, todo, exempt)"], Problems());
    }

    [Fact]
    public void Unquoted_words_mean_what_the_core_schema_says()
    {
        packs.Write("mill/maturity.yaml", "- {item: yes, status: done}\n- {item: True, status: done}\n- {item: 0x1F, status: done}\n- {item: ~, status: done}\n");
        Assert.Equal(
            [
                "maturity.yaml:2:10: found the boolean True (expected text of at least one character; put it in quotes)",
                "maturity.yaml:3:10: found the number 0x1F (expected text of at least one character; put it in quotes)",
                "maturity.yaml:4:10: found nothing (expected text of at least one character)",
            ],
            Problems());
    }

    [Fact]
    public void A_key_must_be_a_word()
    {
        packs.Write("mill/maturity.yaml", "- {[a]: b, item: a, status: done}\n");
        Assert.Equal(["maturity.yaml:1:4: a list as a key (expected a word)"], Problems());
    }

    [Fact]
    public void Control_characters_are_refused()
    {
        packs.Write("mill/maturity.yaml", "- {item: \"a\u0001\", status: done}\n");
        Assert.Equal(["maturity.yaml:1:12: the character U+0001 (expected printable text)"], Problems());
    }

    [Fact]
    public void A_mapping_that_is_open_at_the_end_is_placed()
    {
        packs.Write("mill/maturity.yaml", "- {item: {a: [0, 200]}\n");
        Assert.StartsWith("maturity.yaml:2:1: ", Assert.Single(Problems()), StringComparison.Ordinal);
    }
}
