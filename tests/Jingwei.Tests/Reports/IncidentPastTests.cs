using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Incidents;

namespace Jingwei.Tests.Reports;

/// <summary>How incidents stood at every moment, against a list of what was told.</summary>
public sealed class IncidentPastTests
{
    private static readonly Band[] Severities = [Band.Red, Band.Orange, Band.Yellow, Band.Blue];

    [Fact]
    public void At_every_moment_an_incident_stands_as_it_was_told_last()
    {
        var told = from severity in Gen.Elements(Severities)
                   from risk in Gen.Choose(0, 100)
                   from open in Gen.Elements(true, true, true, false)
                   from pause in Gen.Choose(1, 5)
                   select (severity, risk, open, pause);
        Prop.ForAll(told.ListOf().ToArbitrary(), Holds).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_ended_long_ago_is_forgotten_and_the_rest_is_not()
    {
        var past = new IncidentPast();
        past.Tell(Incident(1, Band.Red, 10, open: true), 0);
        past.Tell(Incident(1, Band.Red, 10, open: false), 5);
        past.Tell(Incident(2, Band.Blue, 20, open: true), 3);
        past.Forget(6);
        Assert.Null(past.RiskAt(1, 4));
        Assert.Equal(20, past.RiskAt(2, 4));
        past.Tell(Incident(2, Band.Blue, 20, open: false), 9);
        Assert.Equal((20, null), (past.RiskAt(2, 8), past.RiskAt(2, 9)));
    }

    private static bool Holds(IList<(Band Severity, int Risk, bool Open, int Pause)> told)
    {
        var past = new IncidentPast();
        var moments = new List<(long At, double? Risk)>();
        var (at, closed) = (0L, false);
        foreach (var (severity, risk, open, pause) in told)
        {
            at += pause;
            // A case that was closed stays so, unless it is restored; that is told as another opening.
            past.Tell(Incident(1, severity, risk, open), at);
            closed = !open;
            moments.Add((at, closed ? null : risk));
        }

        return Enumerable.Range(0, (int)at + 3).All(moment => past.RiskAt(1, moment) == (past.At(moment) is [var standing] ? standing.Risk : null) && past.RiskAt(1, moment) == (moments.FindLast(each => each.At <= moment) is { At: > 0 } last ? last.Risk : null));
    }

    private static Incident Incident(long id, Band severity, double risk, bool open) => new(
        id, $"2026-{id}", "event", "root", "330381", false, "t", null, 0, 0, 1, ImmutableSortedDictionary<string, Statement>.Empty, risk, [], severity, open ? null : 1, null);
}
