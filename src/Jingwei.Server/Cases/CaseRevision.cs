using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Changes of what a case says of itself: title, severity, region, fields.</summary>
internal static class CaseRevision
{
    public static Decision Decide(CaseType type, Case state, ReviseCase revise, CaseActor actor, DateTimeOffset now)
    {
        if (!actor.May(Right.Operate))
        {
            return CaseRefusals.Lacks(Right.Operate);
        }

        if (state.Final)
        {
            return CaseRefusals.Closed;
        }

        var given = revise.Fields.ToDictionary(field => field.Key, field => field.Value ?? default(JsonElement), StringComparer.Ordinal);
        var invalid = CaseFields.Take(type, given, out var fields);
        var refusal = (revise.Title is { } title && !CaseDecider.IsTitle(title) ? CaseRefusals.TitleInvalid : null)
            ?? (revise.Severity == Band.Green ? CaseRefusals.SeverityInvalid : null)
            ?? invalid
            ?? RegionFault(state, revise, actor)
            ?? CaseDecider.TextFault(revise.Reason, required: true);
        return refusal is null ? Events(type, state, revise, CaseFields.Changes(state, fields), now) : refusal;
    }

    private static Refusal? RegionFault(Case state, ReviseCase revise, CaseActor actor)
    {
        if (revise.Region is null || revise.Region == state.Region)
        {
            return null;
        }

        if (revise.There is null)
        {
            return CaseRefusals.ScopeNotFound;
        }

        if (!actor.May(Right.Configure) || revise.There < Right.Configure)
        {
            return CaseRefusals.Lacks(Right.Configure);
        }

        return state.Thing is null ? null : CaseRefusals.PlaceOfThing;
    }

    private static ImmutableArray<CaseEvent> Events(
        CaseType type, Case state, ReviseCase revise, ImmutableSortedDictionary<string, FieldValue?> fields, DateTimeOffset now)
    {
        // What was late before is late, even when nobody had come by to mark it.
        var passed = CaseTiming.Pass(type, state, now);
        var events = ImmutableArray.CreateBuilder<CaseEvent>();
        var title = revise.Title == state.Title ? null : revise.Title;
        if (title is not null || !fields.IsEmpty)
        {
            events.Add(new CaseFieldsChanged(title, fields) { Reason = revise.Reason });
        }

        if (revise.Severity is { } severity && severity != state.Severity)
        {
            events.Add(new CaseSeverityChanged(CaseTiming.SeverityAfter(state, passed), severity, revise.Reason));
        }

        if (revise.Region is { } region && region != state.Region)
        {
            events.Add(new CaseRegionChanged(state.Region, region, revise.Reason));
        }

        return events.Count == 0 ? [] : passed.AddRange(events);
    }
}
