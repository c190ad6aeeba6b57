using System.CommandLine;
using System.Text.Json;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Maturity;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Packs;

public sealed class MaturityTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    // The small pack has one test; it expects the rule hot, the indicator use and the case repair.
    [Theory]
    [InlineData("{holds: [types, channels, rules, indicators, cases, views]}", "")]
    [InlineData("{holds: [notifications]}", "there are no notifications")]
    [InlineData("{holds: [rules-tested]}", "no test expects that silent is raised")]
    [InlineData("{holds: [indicators-tested, cases-tested]}", "")]
    [InlineData("{holds: [units]}", "")]
    [InlineData("{holds: [pages]}", "things of stone have no page")]
    [InlineData("{holds: [readme, demo]}", "there is no README.md with text in it|there is no project in demo/")]
    [InlineData("{holds: [languages]}", "")]
    [InlineData("{rules: [hot, cold], widgets: [machines, waterfall]}", "there is no rule cold|no view has the widget waterfall")]
    [InlineData("{rules: [hot], indicators: [use], cases: [repair], tested: true}", "")]
    [InlineData("{rules: [hot, silent], tested: true}", "no test expects that silent is raised")]
    public void What_lacks_is_told(string check, string lacks)
    {
        Say($"- {{item: everything, status: done, check: {check}}}\n");
        var item = Assert.Single(Load().Maturity);
        Assert.True(item.Checked);
        Assert.Equal(lacks, string.Join('|', item.Lacks));
        Assert.Equal(lacks.Length > 0, item.IsWrong);
    }

    [Fact]
    public void A_number_without_a_unit_or_range_is_named_with_its_place()
    {
        packs.Change("things/stone.yaml", "temperature: {type: number, unit: Cel, range: [-20, 90]}", "temperature: {type: number}");
        Say("- {item: units, status: done, check: {holds: [units]}}\n");
        Assert.Equal(["stone.temperature has no unit (mill/things/stone.yaml:4)", "stone.temperature has no range (mill/things/stone.yaml:4)"], Assert.Single(Load().Maturity).Lacks);
    }

    [Fact]
    public void Words_that_were_not_translated_are_named_and_abbreviations_are_none()
    {
        packs.Change("text/zh.yaml", "open: 打开", "open: Open");
        packs.Change("text/zh.yaml", "turns: 转数", "turns: OEE");
        packs.Change("text/en.yaml", "turns: Turns", "turns: OEE");
        Say("- {item: both languages, status: done, check: {holds: [languages]}}\n");
        Assert.Equal(["properties.open is \"Open\" in both languages (mill/text/zh.yaml:2)"], Assert.Single(Load().Maturity).Lacks);
    }

    [Fact]
    public void Only_a_readme_that_says_something_is_one()
    {
        Say("- {item: readme, status: done, check: {holds: [readme]}}\n");
        packs.Write("mill/README.md", "\n \n");
        Assert.True(Assert.Single(Load().Maturity).IsWrong);
        packs.Write("mill/README.md", "# Mill\n");
        Assert.False(Assert.Single(Load().Maturity).IsWrong);
    }

    [Fact]
    public void The_check_fails_what_says_done_and_is_not_and_names_what_could_say_done()
    {
        Say("""
            - {item: every rule has a test, status: done, check: {holds: [rules-tested]}}
            - {item: boards, status: todo, reason: later, check: {holds: [views]}}
            - {item: alarms that people trust, status: done}
            - {item: gateways, status: exempt, reason: none here}

            """);
        var (code, output) = Check();
        Assert.Equal(1, code);
        Assert.Equal(
            $"""
            {packs.Mill}/maturity.yaml:1:1: "every rule has a test" says done, but no test expects that silent is raised (expected todo or exempt with a reason, or what lacks)
            mill 1.2.0: 2 types, 1 channels, 2 rules, 1 indicators, 1 cases, 1 views, 1 tests
            mill maturity: 2 done (1 checked by machine), 1 to do, 1 exempt
            {packs.Mill}/maturity.yaml:2: "boards" says todo, and its check holds already
            Checked 13 files: schemas, references, expressions, texts, without running tests: 1 problem.

            """,
            output);
    }

    [Fact]
    public void The_json_output_carries_the_card()
    {
        Say("- {item: demo, status: todo, reason: later, check: {holds: [demo]}}\n");
        var card = JsonDocument.Parse(Check("--json").Output).RootElement.GetProperty("maturity")[0];
        Assert.Equal("mill", card.GetProperty("pack").GetString());
        Assert.Equal(
            """{"item":"demo","status":"todo","reason":"later","checked":true,"lacks":["there is no project in demo/"]}""",
            JsonSerializer.Serialize(card.GetProperty("items")[0]));
    }

    [Fact]
    public void Unknown_checks_are_problems_of_the_card()
    {
        Say("- {item: demo, status: done, check: {holds: [demos]}}\n- {item: more, status: done, check: {}}\n");
        Assert.Equal(
            ["mill/maturity.yaml:1:46: found the text `demos`, did you mean demo?", "mill/maturity.yaml:2:37: an empty mapping"],
            PackLoader.Load(packs.Root).Problems.Select(problem => $"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}"));
    }

    [Fact]
    public void A_server_takes_a_pack_whose_card_claims_too_much()
    {
        Say("- {item: demo, status: done, check: {holds: [demo]}}\n");
        Assert.NotNull(PackLoader.Load(packs.Root).Packs);
    }

    [Fact]
    public void What_the_packs_of_this_repository_say_is_done_is_done() =>
        Assert.Empty(PackLoader.Load(Path.Combine(SourceTree.Root, "packs")).Packs!.Packs.SelectMany(MaturityCard.Problems));

    private Pack Load() => Assert.Single(PackLoader.Load(packs.Root).Packs!.Packs);

    private void Say(string card) => packs.Write("mill/maturity.yaml", card);

    private (int Code, string Output) Check(params string[] more)
    {
        using var output = new StringWriter();
        var code = PackCommand.Create().Parse(["check", packs.Mill, .. more]).Invoke(new InvocationConfiguration { Output = output });
        return (code, output.ToString());
    }
}
