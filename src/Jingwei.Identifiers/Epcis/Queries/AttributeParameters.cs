using System.Collections.Frozen;
using System.Text.Json;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>
/// HASATTR_ and EQATTR_: what master data say of the thing that stands in a field (EPCIS 2.0, 8.2.7.1). Of an extension that is an object its own fields
/// count as well, since attributes of XML are fields of the object in JSON.
/// </summary>
internal static class AttributeParameters
{
    // The fields whose values are of a vocabulary (EPCIS 2.0, 7.2 to 7.4), by the names that they have in XML and JSON.
    private static readonly FrozenDictionary<string, Func<EpcisEvent, IEnumerable<string?>>> Fields = new Dictionary<string, Func<EpcisEvent, IEnumerable<string?>>>
    {
        ["bizStep"] = static read => [read.BizStep],
        ["disposition"] = static read => [read.Disposition],
        ["readPoint"] = static read => [read.ReadPoint],
        ["bizLocation"] = static read => [read.BizLocation],
        ["bizTransaction"] = static read => read.BizTransactionList.Select(each => each.Id),
        ["source"] = static read => read.SourceList.Select(each => each.Id),
        ["destination"] = static read => read.DestinationList.Select(each => each.Id),
        ["epcClass"] = static read => read.QuantityList.Concat(read.ChildQuantityList).Concat(read.InputQuantityList).Concat(read.OutputQuantityList).Select(each => each.EpcClass),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>`HASATTR_field`: the values are names of attributes, one of which is there. Null where the name is none of a field.</summary>
    public static EventQuery.Condition? Has(QueryScope scope, string field, IReadOnlyList<string> values) => Of(scope, field, [.. values.Select(scope.Context.Expand)], null);

    /// <summary>`EQATTR_field_attribute`: the attribute has one of the values. Null where the name is none of a field and an attribute.</summary>
    public static EventQuery.Condition? Is(QueryScope scope, string rest, IReadOnlyList<string> values)
    {
        // Names of fields of the standard have no underscore; those of extensions and attributes may, and the last one parts them.
        var first = rest.IndexOf('_', StringComparison.Ordinal);
        var end = first > 0 && Fields.ContainsKey(rest[..first]) ? first : rest.LastIndexOf('_');
        return end <= 0 || end == rest.Length - 1 ? null : Of(scope, rest[..end], [scope.Context.Expand(rest[(end + 1)..])], [.. values]);
    }

    private static EventQuery.Condition? Of(QueryScope scope, string field, string[] attributes, string[]? values)
    {
        var names = attributes.Select(VocabularyElement.NameOf).ToArray();
        if (Fields.TryGetValue(field, out var get))
        {
            return (read, known) => get(read).Any(id => id is not null && IsTold(known, id, names, values));
        }

        var wanted = values?.Select(value => new FieldValue(value)).ToArray();
        return !field.Contains(':', StringComparison.Ordinal) ? null : (read, known) => FieldSearch.Any(read, FieldPlace.Event, false, scope.Context.Expand(field), value =>
            value.ValueKind == JsonValueKind.String
                ? IsTold(known, read.Context.ExpandValue(value.GetString()!), names, values)
                : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(property =>
                    attributes.Any(name => FieldSearch.IsNamed(property.Name, name, read.Context)) && IsOne(property.Value, wanted)));
    }

    private static bool IsTold(MasterDataLookup? known, string id, string[] names, string[]? values) =>
        known is not null && names.Any(name => known.ValuesOf(id, name).Any(value => values is null || values.Contains(value, StringComparer.Ordinal)));

    private static bool IsOne(JsonElement value, FieldValue[]? wanted) =>
        wanted is null || (FieldValue.Of(value) is { } held && wanted.Any(one => held.Is(Comparison.Equal, one)));
}
