using System.CommandLine;
using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs;

namespace Jingwei.Tests.Packs;

public sealed class PackCommandTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    private static (int Code, string Output, string Error) Run(PackTestPlayer? play, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = PackCommand.Create(play).Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void A_good_pack_answers_zero_and_says_what_was_checked()
    {
        var (code, output, _) = Run(null, "check", packs.Mill);
        Assert.Equal(0, code);
        Assert.Equal(
            "mill 1.2.0: 2 types, 1 channels, 2 rules, 1 indicators, 1 cases, 1 views, 1 tests\n"
            + "mill maturity: 1 done (0 checked by machine), 1 to do, 0 exempt\n"
            + "Checked 13 files: schemas, references, expressions, texts, without running tests: no problems.\n",
            output);
    }

    [Fact]
    public void Problems_answer_one_and_name_files_as_the_caller_does()
    {
        packs.Change("rules/hot.yaml", "temperature > 60.0", "temprature > 60.0");
        var (code, output, _) = Run(null, "check", packs.Mill);
        Assert.Equal(1, code);
        Assert.StartsWith($"{packs.Mill}/rules/hot.yaml:4:7: ", output, StringComparison.Ordinal);
        Assert.EndsWith(": 1 problem.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lists_problems_with_their_places()
    {
        packs.Change("rules/silent.yaml", "severity: yellow", "severity: yelow");
        var (code, output, _) = Run(null, "check", "--json", packs.Root);
        Assert.Equal(1, code);
        var answer = JsonDocument.Parse(output).RootElement;
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(13, answer.GetProperty("files").GetInt32());
        var problem = Assert.Single(answer.GetProperty("problems").EnumerateArray());
        Assert.Equal($"{packs.Root}/mill/rules/silent.yaml", problem.GetProperty("file").GetString());
        Assert.Equal(3, problem.GetProperty("line").GetInt32());
        Assert.Equal(11, problem.GetProperty("column").GetInt32());
        Assert.Equal("found the text `yelow`, did you mean yellow?", problem.GetProperty("message").GetString());
        Assert.Equal("a severity: one of red, orange, yellow, blue", problem.GetProperty("expected").GetString());
    }

    [Fact]
    public void A_folder_that_is_not_there_answers_two()
    {
        var (code, output, error) = Run(null, "check", Path.Combine(packs.Root, "nothing"));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("nothing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_of_a_pack_are_played_and_what_fails_is_a_problem()
    {
        var (fine, report, _) = Run((_, _) => [], "check", packs.Mill);
        Assert.Equal(0, fine);
        Assert.EndsWith("and ran 1 tests: no problems.\n", report, StringComparison.Ordinal);

        var (failed, output, _) = Run((_, test) => [new PackTestFailure(test, 8, "hot was not raised")], "check", packs.Mill);
        Assert.Equal(1, failed);
        Assert.StartsWith($"{packs.Mill}/tests/hot.yaml:8:1: test \"a hot stone\": hot was not raised\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_pack_passes_its_own_check_and_test()
    {
        var (code, output, error) = Run(CaseTrial.Play, "new", "tank-yard", "--in", packs.Root, "--type", "tank", "--zh", "罐区：一号", "--en", "Tanks: \"north\"");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"{packs.Root}/tank-yard/rules/tank-yard-hot.yaml\n", output, StringComparison.Ordinal);
        Assert.Contains("and ran 1 tests: no problems.\n", output, StringComparison.Ordinal);
        var pack = Assert.Single(PackLoader.Load(Path.Combine(packs.Root, "tank-yard")).Packs!.Packs);
        Assert.Equal(("tank-yard", new Label("罐区：一号", "Tanks: \"north\""), "tank"), (pack.Id, pack.Name, Assert.Single(pack.Types).Id));
    }

    [Fact]
    public void Two_new_packs_stand_beside_each_other()
    {
        var folder = Path.Combine(packs.Root, "new");
        Assert.Equal(0, Run(null, "new", "first", "--in", folder).Code);
        Assert.Equal(0, Run(null, "new", "second", "--in", folder).Code);
        Assert.Equal(0, Run(null, "check", folder).Code);
    }

    [Fact]
    public void A_new_pack_writes_over_nothing()
    {
        var (code, _, error) = Run(null, "new", "mill", "--in", packs.Root);
        Assert.Equal(1, code);
        Assert.Contains("not empty", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mill", "machine")]
    [InlineData("../mill", "machine")]
    [InlineData("mill-", "machine")]
    [InlineData("mill", "a b")]
    public void What_cannot_be_an_id_is_refused(string id, string type)
    {
        var (code, output, error) = Run(null, "new", id, "--in", Path.Combine(packs.Root, "new"), "--type", type);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("cannot be an id", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(packs.Root, "new")));
    }
}
