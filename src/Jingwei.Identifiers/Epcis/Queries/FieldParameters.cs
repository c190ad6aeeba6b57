using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>The parameters of SimpleEventQuery with a part of their name free: a type, a unit, or the name of an extension (EPCIS 2.0, 8.2.7.1).</summary>
internal static class FieldParameters
{
    private static readonly (string Prefix, Comparison Comparison)[] Comparisons =
    [
        ("EQ_", Comparison.Equal), ("GT_", Comparison.Greater), ("GE_", Comparison.GreaterOrEqual), ("LT_", Comparison.Less), ("LE_", Comparison.LessOrEqual),
    ];

    private static readonly (string Prefix, FieldPlace Place)[] Places =
    [
        ("ILMD_", FieldPlace.Ilmd), ("ERROR_DECLARATION_", FieldPlace.ErrorDeclaration), ("SENSORELEMENT_", FieldPlace.SensorElement), ("SENSORMETADATA_", FieldPlace.SensorMetadata),
        ("SENSORREPORT_", FieldPlace.SensorReport), ("readPoint_", FieldPlace.ReadPoint), ("bizLocation_", FieldPlace.BizLocation),
    ];

    private static readonly (string Prefix, Func<SensorReport, double?> Get)[] Measures =
    [
        ("value", static report => report.Value), ("minValue", static report => report.MinValue), ("maxValue", static report => report.MaxValue),
        ("meanValue", static report => report.MeanValue), ("sDev", static report => report.SDev), ("percValue", static report => report.PercValue),
    ];

    /// <summary>The condition of a parameter; null where it is none of these.</summary>
    public static EventQuery.Condition? Of(QueryScope scope, string name, IReadOnlyList<string> values)
    {
        if (name.StartsWith("EXISTS_", StringComparison.Ordinal))
        {
            return Exists(scope, name, name["EXISTS_".Length..], values);
        }

        if (name.StartsWith("HASATTR_", StringComparison.Ordinal))
        {
            return AttributeParameters.Has(scope, name["HASATTR_".Length..], values);
        }

        foreach (var prefix in new[] { "EQATTR_", "EQ_ATTR_" })
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return AttributeParameters.Is(scope, name[prefix.Length..], values);
            }
        }

        foreach (var (prefix, comparison) in Comparisons)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Typed(scope, name, values) ?? Measured(scope, name, name[prefix.Length..], comparison, values) ?? Field(scope, name, name[prefix.Length..], comparison, values);
            }
        }

        return null;
    }

    private static EventQuery.Condition? Typed(QueryScope scope, string name, IReadOnlyList<string> values) =>
        TypedList(scope, name, "EQ_bizTransaction_", values, Cbv.BizTransactionType, static read => read.BizTransactionList)
        ?? TypedList(scope, name, "EQ_source_", values, Cbv.SourceDestinationType, static read => read.SourceList)
        ?? TypedList(scope, name, "EQ_destination_", values, Cbv.SourceDestinationType, static read => read.DestinationList);

    private static EventQuery.Condition? TypedList(QueryScope scope, string name, string prefix, IReadOnlyList<string> values, CbvVocabulary types, Func<EpcisEvent, IReadOnlyList<TypedIdentifier>> get)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var type = scope.Word(name, name[prefix.Length..], types);
        var match = new EpcMatch(scope.UriList(name, values));
        return (read, _) => get(read).Any(member => member.Type == type && match.Fits(member.Id));
    }

    // EQ_quantity, GT_value_CEL and the like: compared in the unit of the parameter. Only quantities may go without one.
    private static EventQuery.Condition? Measured(QueryScope scope, string name, string rest, Comparison comparison, IReadOnlyList<string> values)
    {
        var underscore = rest.IndexOf('_', StringComparison.Ordinal);
        var (field, unit) = underscore < 0 ? (rest, null) : (rest[..underscore], rest[(underscore + 1)..]);
        if (unit is not null && (unit.Length is < 2 or > 4 || !unit.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter))))
        {
            return null;
        }

        var measure = Array.Find(Measures, measure => measure.Prefix == field);
        if (field != "quantity" && (measure.Get is null || unit is null))
        {
            return null;
        }

        var numbers = (comparison == Comparison.Equal && values.Count > 0 ? values : [scope.One(name, values)]).Select(value => scope.Number(name, value)).ToArray();
        bool Fits(double? value, string? uom) => value is { } known && (unit is null ? known : UnitOfMeasure.Convert(known, uom, unit)) is { } converted
            && numbers.Any(number => FieldValue.Is(comparison, IsClose(converted, number) ? 0 : converted.CompareTo(number)));
        return field == "quantity"
            ? (read, _) => Quantities(read).Any(quantity => Fits(quantity.Quantity, quantity.Uom))
            : (read, _) => read.SensorElementList.SelectMany(element => element.Reports).Any(report => Fits(measure.Get(report), report.Uom));
    }

    // What differs by a conversion's rounding alone is equal.
    private static bool IsClose(double left, double right) => Math.Abs(left - right) <= 1e-12 * Math.Max(Math.Abs(left), Math.Abs(right));

    private static IEnumerable<QuantityElement> Quantities(EpcisEvent read) => read.QuantityList.Concat(read.ChildQuantityList).Concat(read.InputQuantityList).Concat(read.OutputQuantityList);

    private static EventQuery.Condition? Field(QueryScope scope, string name, string rest, Comparison comparison, IReadOnlyList<string> values)
    {
        if (PlaceOf(scope, rest) is not var (place, inner, field) || field.Length == 0)
        {
            return null;
        }

        var wanted = (comparison == Comparison.Equal && values.Count > 0 ? values : [scope.One(name, values)]).Select(value => new FieldValue(value)).ToArray();
        if (comparison != Comparison.Equal && !wanted[0].IsOrdered)
        {
            scope.Refuse(name, $"\"{wanted[0].Text}\" is neither a number nor a time.");
        }

        return (read, _) => FieldSearch.Any(read, place, inner, field, value => FieldValue.Of(value) is { } held && wanted.Any(one => held.Is(comparison, one) || (comparison == Comparison.Equal && read.Context.ExpandValue(held.Text) == one.Text)));
    }

    private static EventQuery.Condition? Exists(QueryScope scope, string name, string rest, IReadOnlyList<string> values)
    {
        if (PlaceOf(scope, rest) is not var (place, inner, field) || field.Length == 0)
        {
            return null;
        }

        var isAsked = scope.IsAsked(name, values);
        return (read, _) => !isAsked || FieldSearch.Any(read, place, inner, field, static _ => true);
    }

    // [INNER_][place_]name: the name has a prefix or is a URI.
    private static (FieldPlace Place, bool Inner, string Field)? PlaceOf(QueryScope scope, string rest)
    {
        var inner = rest.StartsWith("INNER_", StringComparison.Ordinal);
        rest = inner ? rest["INNER_".Length..] : rest;
        var place = Array.Find(Places, place => rest.StartsWith(place.Prefix, StringComparison.Ordinal));
        var field = place.Prefix is null ? rest : rest[place.Prefix.Length..];
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 || colon == field.Length - 1 ? null : (place.Prefix is null ? FieldPlace.Event : place.Place, inner, scope.Context.Expand(field));
    }
}
