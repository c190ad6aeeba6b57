using System.Collections.Frozen;
using Jingwei.Identifiers.Epcis.Reading;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Queries;

using Builder = Func<QueryScope, string, IReadOnlyList<string>, EventQuery.Condition>;

/// <summary>The parameters of SimpleEventQuery whose names are fixed (EPCIS 2.0, 8.2.7.1).</summary>
internal static class FixedParameters
{
    private static readonly FrozenDictionary<string, Builder> Builders = new Dictionary<string, Builder>
    {
        ["eventType"] = EventTypes,
        ["GE_eventTime"] = Since(static read => read.EventTime),
        ["LT_eventTime"] = Until(static read => read.EventTime),
        ["GE_recordTime"] = Since(static read => read.RecordTime),
        ["LT_recordTime"] = Until(static read => read.RecordTime),
        ["EQ_action"] = Actions,
        ["EQ_bizStep"] = Word(Cbv.BizStep, static read => read.BizStep),
        ["EQ_disposition"] = Word(Cbv.Disposition, static read => read.Disposition),
        ["EQ_persistentDisposition_set"] = Word(Cbv.Disposition, static read => read.PersistentDisposition?.Set ?? []),
        ["EQ_persistentDisposition_unset"] = Word(Cbv.Disposition, static read => read.PersistentDisposition?.Unset ?? []),
        ["EQ_readPoint"] = Identifier(static read => read.ReadPoint),
        ["WD_readPoint"] = Within(static read => read.ReadPoint),
        ["EQ_bizLocation"] = Identifier(static read => read.BizLocation),
        ["WD_bizLocation"] = Within(static read => read.BizLocation),
        ["EQ_transformationID"] = Identifier(static read => read.TransformationId),
        ["EQ_eventID"] = Identifier(static read => read.EventId),
        ["MATCH_epc"] = Epcs(static (read, match) => match.FitsAny(read.EpcList) || match.FitsAny(read.ChildEpcs)),
        ["MATCH_parentID"] = Epcs(static (read, match) => read.ParentId is { } parent && match.Fits(parent)),
        ["MATCH_inputEPC"] = Epcs(static (read, match) => match.FitsAny(read.InputEpcList)),
        ["MATCH_outputEPC"] = Epcs(static (read, match) => match.FitsAny(read.OutputEpcList)),
        ["MATCH_anyEPC"] = Epcs(static (read, match) => match.FitsAny(read.EpcList) || match.FitsAny(read.ChildEpcs) || (read.ParentId is { } parent && match.Fits(parent))
            || match.FitsAny(read.InputEpcList) || match.FitsAny(read.OutputEpcList)),
        ["MATCH_epcClass"] = Epcs(static (read, match) => match.FitsAny(read.QuantityList) || match.FitsAny(read.ChildQuantityList)),
        ["MATCH_inputEPCClass"] = Epcs(static (read, match) => match.FitsAny(read.InputQuantityList)),
        ["MATCH_outputEPCClass"] = Epcs(static (read, match) => match.FitsAny(read.OutputQuantityList)),
        ["MATCH_anyEPCClass"] = Epcs(static (read, match) => match.FitsAny(read.QuantityList) || match.FitsAny(read.ChildQuantityList)
            || match.FitsAny(read.InputQuantityList) || match.FitsAny(read.OutputQuantityList)),
        ["EXISTS_errorDeclaration"] = Exists(static read => read.ErrorDeclaration is not null),
        ["GE_errorDeclarationTime"] = Since(static read => read.ErrorDeclaration?.DeclarationTime),
        ["LT_errorDeclarationTime"] = Until(static read => read.ErrorDeclaration?.DeclarationTime),

        // The schema for bodies writes these two so.
        ["GE_errorDeclaration_Time"] = Since(static read => read.ErrorDeclaration?.DeclarationTime),
        ["LT_errorDeclaration_Time"] = Until(static read => read.ErrorDeclaration?.DeclarationTime),
        ["EQ_errorReason"] = Word(Cbv.ErrorReason, static read => read.ErrorDeclaration?.Reason),
        ["EQ_correctiveEventID"] = Identifiers(static read => read.ErrorDeclaration?.CorrectiveEventIds ?? []),
        ["EXISTS_sensorElementList"] = Exists(static read => read.SensorElementList.Count > 0),
    }.Concat(SensorParameters.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The condition of a parameter; null where no fixed name is that.</summary>
    public static EventQuery.Condition? Of(QueryScope scope, string name, IReadOnlyList<string> values) =>
        Builders.TryGetValue(name, out var build) ? build(scope, name, values) : null;

    private static EventQuery.Condition EventTypes(QueryScope scope, string name, IReadOnlyList<string> values)
    {
        foreach (var value in values.Where(value => !value.Contains(':', StringComparison.Ordinal) && TypeNames.StandardOf(value) is null))
        {
            scope.Refuse(name, $"\"{value}\" is no type of event.");
        }

        var types = values.Select(scope.Context.Expand).ToHashSet(StringComparer.Ordinal);
        return (read, _) => types.Contains(read.Type == EpcisEventType.Extended ? read.Context.Expand(read.TypeName) : read.TypeName);
    }

    private static EventQuery.Condition Actions(QueryScope scope, string name, IReadOnlyList<string> values)
    {
        var actions = new HashSet<EpcisAction>();
        foreach (var value in values)
        {
            switch (value)
            {
                case "ADD":
                    actions.Add(EpcisAction.Add);
                    break;
                case "OBSERVE":
                    actions.Add(EpcisAction.Observe);
                    break;
                case "DELETE":
                    actions.Add(EpcisAction.Delete);
                    break;
                default:
                    scope.Refuse(name, $"\"{value}\" is none of ADD, OBSERVE and DELETE.");
                    break;
            }
        }

        return (read, _) => read.Action is { } action && actions.Contains(action);
    }

    private static Builder Since(Func<EpcisEvent, DateTimeOffset?> get) => (scope, name, values) =>
    {
        var time = scope.Time(name, values);
        return (read, _) => get(read) >= time;
    };

    private static Builder Until(Func<EpcisEvent, DateTimeOffset?> get) => (scope, name, values) =>
    {
        var time = scope.Time(name, values);
        return (read, _) => get(read) < time;
    };

    private static Builder Exists(Func<EpcisEvent, bool> isThere) => (scope, name, values) =>
    {
        var isAsked = scope.IsAsked(name, values);
        return (read, _) => !isAsked || isThere(read);
    };

    private static Builder Word(CbvVocabulary vocabulary, Func<EpcisEvent, string?> get) => (scope, name, values) =>
    {
        var words = scope.Words(name, values, vocabulary);
        return (read, _) => get(read) is { } word && words.Contains(word);
    };

    private static Builder Word(CbvVocabulary vocabulary, Func<EpcisEvent, IReadOnlyList<string>> get) => (scope, name, values) =>
    {
        var words = scope.Words(name, values, vocabulary);
        return (read, _) => get(read).Any(words.Contains);
    };

    private static Builder Identifier(Func<EpcisEvent, string?> get) => (scope, name, values) =>
    {
        var match = new EpcMatch(scope.UriList(name, values));
        return (read, _) => get(read) is { } id && match.Fits(id);
    };

    private static Builder Identifiers(Func<EpcisEvent, IReadOnlyList<string>> get) => (scope, name, values) =>
    {
        var match = new EpcMatch(scope.UriList(name, values));
        return (read, _) => match.FitsAny(get(read));
    };

    private static Builder Epcs(Func<EpcisEvent, EpcMatch, bool> fits) => (scope, name, values) =>
    {
        var match = new EpcMatch(scope.UriList(name, values));
        return (read, _) => fits(read, match);
    };

    private static Builder Within(Func<EpcisEvent, string?> get) => (scope, name, values) =>
    {
        var places = scope.UriList(name, values);
        var match = new EpcMatch(places);
        return (read, known) => get(read) is { } place && (match.Fits(place) || (known is not null && places.Any(around => known.IsDescendant(around, place))));
    };
}
