using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Queries;

using Builder = Func<QueryScope, string, IReadOnlyList<string>, EventQuery.Condition>;

/// <summary>The parameters of SimpleEventQuery about sensor data whose names are fixed: one report or its metadata has to fit.</summary>
internal static class SensorParameters
{
    public static IReadOnlyDictionary<string, Builder> All { get; } = new Dictionary<string, Builder>
    {
        ["EQ_type"] = Type,
        ["EQ_deviceID"] = Uri(static metadata => metadata.DeviceId, static report => report.DeviceId),
        ["EQ_dataProcessingMethod"] = Uri(static metadata => metadata.DataProcessingMethod, static report => report.DataProcessingMethod),
        ["EQ_bizRules"] = Uri(static metadata => metadata.BizRules, static report => report.BizRules),
        ["EQ_microorganism"] = Uri(static _ => null, static report => report.Microorganism),
        ["EQ_chemicalSubstance"] = Uri(static _ => null, static report => report.ChemicalSubstance),
        ["EQ_uriValue"] = Uri(static _ => null, static report => report.UriValue),
        ["EQ_stringValue"] = Text(static report => report.StringValue, StringComparer.Ordinal),
        ["EQ_hexBinaryValue"] = Text(static report => report.HexBinaryValue, StringComparer.OrdinalIgnoreCase),
        ["EQ_booleanValue"] = Truth,
        ["GE_time"] = Time(static metadata => metadata.Time, static report => report.Time, true),
        ["LT_time"] = Time(static metadata => metadata.Time, static report => report.Time, false),
        ["GE_startTime"] = Time(static metadata => metadata.StartTime, static _ => null, true),
        ["LT_startTime"] = Time(static metadata => metadata.StartTime, static _ => null, false),
        ["GE_endTime"] = Time(static metadata => metadata.EndTime, static _ => null, true),
        ["LT_endTime"] = Time(static metadata => metadata.EndTime, static _ => null, false),
        ["EQ_percRank"] = Rank(Comparison.Equal),
        ["GE_percRank"] = Rank(Comparison.GreaterOrEqual),
        ["GT_percRank"] = Rank(Comparison.Greater),
        ["LE_percRank"] = Rank(Comparison.LessOrEqual),
        ["LT_percRank"] = Rank(Comparison.Less),
    };

    private static EventQuery.Condition Type(QueryScope scope, string name, IReadOnlyList<string> values)
    {
        var types = scope.Words(name, values, Cbv.MeasurementType);
        return (read, _) => AnyReport(read, report => types.Contains(report.Type));
    }

    private static EventQuery.Condition Truth(QueryScope scope, string name, IReadOnlyList<string> values)
    {
        var text = scope.One(name, values);
        if (text is not ("true" or "false"))
        {
            scope.Refuse(name, $"\"{text}\" is neither true nor false.");
        }

        var wanted = text == "true";
        return (read, _) => AnyReport(read, report => report.BooleanValue == wanted);
    }

    private static Builder Uri(Func<SensorMetadata, string?> ofMetadata, Func<SensorReport, string?> ofReport) => (scope, name, values) =>
    {
        var match = new EpcMatch(scope.UriList(name, values));
        return (read, _) => Any(read, metadata => ofMetadata(metadata) is { } uri && match.Fits(uri), report => ofReport(report) is { } uri && match.Fits(uri));
    };

    private static Builder Text(Func<SensorReport, string?> get, StringComparer comparer) => (_, _, values) =>
    {
        var texts = values.ToHashSet(comparer);
        return (read, _) => AnyReport(read, report => get(report) is { } text && texts.Contains(text));
    };

    private static Builder Time(Func<SensorMetadata, DateTimeOffset?> ofMetadata, Func<SensorReport, DateTimeOffset?> ofReport, bool since) => (scope, name, values) =>
    {
        var time = scope.Time(name, values);
        return since
            ? (read, _) => Any(read, metadata => ofMetadata(metadata) >= time, report => ofReport(report) >= time)
            : (read, _) => Any(read, metadata => ofMetadata(metadata) < time, report => ofReport(report) < time);
    };

    private static Builder Rank(Comparison comparison) => (scope, name, values) =>
    {
        var wanted = scope.Number(name, scope.One(name, values));
        return (read, _) => AnyReport(read, report => report.PercRank is { } rank && FieldValue.Is(comparison, rank.CompareTo(wanted)));
    };

    private static bool AnyReport(EpcisEvent read, Func<SensorReport, bool> fits) => Any(read, static _ => false, fits);

    private static bool Any(EpcisEvent read, Func<SensorMetadata, bool> metadataFits, Func<SensorReport, bool> reportFits)
    {
        foreach (var element in read.SensorElementList)
        {
            if ((element.Metadata is { } metadata && metadataFits(metadata)) || element.Reports.Any(reportFits))
            {
                return true;
            }
        }

        return false;
    }
}
