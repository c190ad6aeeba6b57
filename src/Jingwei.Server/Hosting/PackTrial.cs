using Jingwei.Server.Access;
using Jingwei.Server.Directory;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Hosting;

/// <summary>Plays a pack's tests through the rules and indicators that judge live readings.</summary>
internal static class PackTrial
{
    // Whatever still waits for its duration is over by then; no rule of a test waits longer.
    private static readonly TimeSpan AfterLast = TimeSpan.FromDays(1);

    public static IReadOnlyList<PackTestFailure> Play(Pack pack, PackTest test)
    {
        var packs = new PackSet([pack]);
        var things = test.Things.ToDictionary(
            thing => thing.Id,
            thing => new Thing(thing.Id, thing.Type, thing.Id, Parties.Root, Regions.Root, thing.Parent, null, DateTimeOffset.UnixEpoch, 1));
        var readings = Readings(test, things, packs);
        var end = Instant.Of(test.Readings.Max(reading => reading.At) + AfterLast);
        var events = RuleTrial.Run(packs, things.Values, readings.OrderBy(reading => reading.Arrived).ToList(), end);
        return
        [
            .. test.Indicators.Select(expected => Check(test, expected, new IndicatorTrial(packs, things.Values, readings, test.Zone))).OfType<PackTestFailure>(),
            .. test.Alarms.Select(expected => Check(test, expected, events)).OfType<PackTestFailure>(),
            .. test.Cases.Select(expected => Check(test, expected, events, packs)).OfType<PackTestFailure>(),
        ];
    }

    private static List<Reading> Readings(PackTest test, Dictionary<string, Thing> things, PackSet packs)
    {
        var series = new Dictionary<(string, string), long>();
        var readings = new List<Reading>();
        foreach (var reading in test.Readings)
        {
            var thing = things[reading.Thing];
            foreach (var (id, value) in reading.Values)
            {
                var property = packs.Type(thing.Type)!.Property(id)!;
                var number = series.TryGetValue((thing.Id, id), out var known) ? known : series[(thing.Id, id)] = series.Count + 1;
                var quality = IsInRange(property, value) ? Quality.Good : Quality.Uncertain;
                var at = Instant.Of(reading.At);
                readings.Add(new Reading(thing, property, number, at, at, Value(property.Kind, value), quality, quality == Quality.Good ? null : "range"));
            }
        }

        return readings;
    }

    private static bool IsInRange(Property property, object value) =>
        value is not double number || ((property.Min is not { } min || number >= min) && (property.Max is not { } max || number <= max));

    private static ReadingValue Value(PropertyKind kind, object value) => value switch
    {
        double number => new(kind, number, null),
        bool flag => new(kind, flag ? 1 : 0, null),
        double[] { Length: 2 } place => new(kind, 0, FormattableString.Invariant($"{place[0]} {place[1]}")),
        _ => new(kind, 0, (string)value),
    };

    private static PackTestFailure? Check(PackTest test, ExpectedIndicator expected, IndicatorTrial trial)
    {
        if (trial.Value(expected.Indicator, expected.Thing, Instant.Of(expected.At)) is not { } found)
        {
            return new(test, expected.Line, $"{expected.Indicator} of {expected.Thing} has no window at that time");
        }

        var value = found.Outcome.Value;
        var fits = expected.Value is { } wanted ? value is { } actual && Math.Abs(actual - wanted) <= expected.Within : value is null;
        if (!fits)
        {
            return new(test, expected.Line, FormattableString.Invariant($"{expected.Indicator} of {expected.Thing} is {Show(value)}, expected {Show(expected.Value)}"));
        }

        return expected.Band is { } band && found.Outcome.Band != band
            ? new(test, expected.Line, $"{expected.Indicator} of {expected.Thing} is in band {found.Outcome.Band}, expected {band}")
            : null;
    }

    private static PackTestFailure? Check(PackTest test, ExpectedAlarm expected, IReadOnlyList<RuleEvent> events)
    {
        var wanted = expected.Raised ? RuleTransition.Raise : RuleTransition.Clear;
        var mine = events.Where(said => said.Rule.Id == expected.Rule && said.Thing == expected.Thing && said.Transition == wanted).ToList();
        return mine.Any(said => said.At == expected.At)
            ? null
            : new(test, expected.Line, $"{expected.Rule} of {expected.Thing}: expected {wanted} at {expected.At:O}, found {(mine.Count == 0 ? "none" : string.Join(", ", mine.Select(said => said.At.ToString("O"))))}");
    }

    // A test has no people in it: what a rule opens stays in its first state.
    private static PackTestFailure? Check(PackTest test, ExpectedCase expected, IReadOnlyList<RuleEvent> events, PackSet packs)
    {
        var opened = events.Any(said => said.Transition == RuleTransition.Raise && said.Thing == expected.Thing && said.Rule.Opens?.Case == expected.Case);
        var state = opened ? packs.CaseType(expected.Case)?.Initial : null;
        return state == expected.State ? null : new(test, expected.Line, $"{expected.Case} of {expected.Thing} is {state ?? "not open"}, expected {expected.State}");
    }

    private static string Show(double? value) => value is { } number ? FormattableString.Invariant($"{number:R}") : "not defined";
}
