using System.Collections.Immutable;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using static Jingwei.Tests.Indicators.FactoryFloor;

namespace Jingwei.Tests.Rules;

public sealed class PackTrialTests
{
    public static IEnumerable<TheoryDataRow<string>> Packs => Directory
        .EnumerateDirectories(Path.Combine(SourceTree.Root, "packs"))
        .Select(folder => new TheoryDataRow<string>(Path.GetFileName(folder)));

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_pack_passes_its_own_tests(string id)
    {
        var pack = Assert.Single(PackLoader.Load(Path.Combine(SourceTree.Root, "packs")).Packs!.Packs, pack => pack.Id == id);
        // What a pack without rules and indicators does is tried from end to end: reports are no part of its own tests.
        Assert.True(pack.Tests.Length > 0 || (pack.Rules.IsEmpty && pack.Indicators.IsEmpty));
        Assert.Empty(PackTests.Run(pack, PackTrial.Play).Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_wrong_value_and_an_alarm_that_never_came_are_told_with_their_lines()
    {
        var pack = Floor(rules: [RuleFloor.Breakdown]).Packs[0];
        var test = new PackTest(
            "wrong", "tests/wrong.yaml", TimeZoneInfo.Utc, [new TestThing("m1", "drilling-machine", null)],
            [new TestReading("m1", At("2026-01-05T08:00:00Z"), ImmutableDictionary<string, object>.Empty.Add("state", "producing"))],
            [new ExpectedIndicator("availability", "m1", At("2026-01-05T09:00:00Z"), 0.5, 1e-9, null, 11)],
            [new ExpectedAlarm("breakdown", "m1", At("2026-01-05T09:00:00Z"), Raised: true, 12)],
            []);
        Assert.Equal(
            [(11, "availability of m1 is 1, not 0.5"), (12, "breakdown of m1 is not raised then, but never")],
            PackTrial.Play(pack, test).Select(failure => (failure.Line, failure.Message)));
    }
}
