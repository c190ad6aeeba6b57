using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;

namespace Jingwei.Server.Cases;

/// <summary>Plays a pack's tests with the cases that its rules open.</summary>
public static class CaseTrial
{
    public static IReadOnlyList<PackTestFailure> Play(Pack pack, PackTest test)
    {
        var events = test.Cases.IsEmpty ? [] : PackTrial.Events(pack, test);
        return [.. PackTrial.Play(pack, test), .. test.Cases.Select(expected => Check(pack, test, expected, events)).OfType<PackTestFailure>()];
    }

    // A test has no people in it: what a rule opens stays in its first state.
    private static PackTestFailure? Check(Pack pack, PackTest test, ExpectedCase expected, IReadOnlyList<RuleEvent> events)
    {
        var opened = events.Any(said =>
            said.Transition == RuleTransition.Raise && said.Thing == expected.Thing && said.Rule.Opens?.Case == expected.Case);
        var state = opened ? pack.Cases.FirstOrDefault(type => type.Id == expected.Case)?.Initial : null;
        return state == expected.State
            ? null
            : new(test, expected.Line, $"{expected.Case} of {expected.Thing} is {state ?? "not open"}, expected {expected.State}");
    }
}
