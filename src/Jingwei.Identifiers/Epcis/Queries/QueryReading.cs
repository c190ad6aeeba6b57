using System.Text.Json;
using Jingwei.Identifiers.Epcis.Rest;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>Reads queries from URLs and from JSON.</summary>
internal static class QueryReading
{
    private static readonly string[] Controls = ["orderBy", "orderDirection", "eventCountLimit", "maxEventCount", "perPage", "nextPageToken"];

    public static EventQueryReading OfUrl(string query, EpcisContext context)
    {
        var scope = new QueryScope(context);
        var parameters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Take(EventQuery.MostParameters + 1))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decoded(equals < 0 ? pair : pair[..equals]);

            // The bar parts values whether it is escaped or not; a value with a bar in it goes into the body.
            var values = equals < 0 || equals == pair.Length - 1 ? [] : Decoded(pair[(equals + 1)..]).Split('|');
            if (!parameters.TryAdd(name, values))
            {
                scope.Refuse(name, $"\"{name}\" is there twice; its values are parted by |.");
            }
        }

        return Of(scope, parameters);
    }

    public static EventQueryReading OfJson(JsonElement query)
    {
        if (query.ValueKind != JsonValueKind.Object)
        {
            return new(null, [new(EpcisProblemType.QueryValidation, "", "A query is an object.")]);
        }

        var scope = new QueryScope(query.TryGetProperty("@context"u8, out var context) ? EpcisContext.Standard.With(context) : EpcisContext.Standard);
        var parameters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var property in query.EnumerateObject().Where(property => property.Name != "@context").Take(EventQuery.MostParameters + 1))
        {
            parameters[property.Name] = Values(scope, property.Name, property.Value);
        }

        return Of(scope, parameters);
    }

    private static EventQueryReading Of(QueryScope scope, Dictionary<string, IReadOnlyList<string>> parameters)
    {
        if (parameters.Count > EventQuery.MostParameters || parameters.Values.Any(values => values.Count > EventQuery.MostValues))
        {
            return new(null, [new(EpcisProblemType.QueryTooComplex, "", $"A query has at most {EventQuery.MostParameters} parameters of at most {EventQuery.MostValues} values.")]);
        }

        var conditions = new List<EventQuery.Condition>();
        foreach (var (name, values) in parameters.Where(pair => !Controls.Contains(pair.Key)))
        {
            if ((FixedParameters.Of(scope, name, values) ?? FieldParameters.Of(scope, name, values)) is { } condition)
            {
                conditions.Add(condition);
            }
            else
            {
                scope.Refuse(name, $"There is no parameter \"{name}\".");
            }
        }

        var query = Controlled(scope, parameters, conditions);
        return scope.Problems.Count == 0 ? new(query, []) : new(null, scope.Problems);
    }

    private static EventQuery Controlled(QueryScope scope, Dictionary<string, IReadOnlyList<string>> parameters, List<EventQuery.Condition> conditions)
    {
        string? Text(string name) => parameters.TryGetValue(name, out var values) ? scope.One(name, values) : null;
        int? Count(string name) => parameters.TryGetValue(name, out var values) ? scope.Count(name, values) : null;

        var orderBy = Text("orderBy");
        if (orderBy is not (null or "eventTime" or "recordTime") && !orderBy.Contains(':', StringComparison.Ordinal))
        {
            scope.Refuse("orderBy", $"Events are put in order by eventTime, recordTime or an extension, not by \"{orderBy}\".");
        }

        var direction = Text("orderDirection");
        if (direction is not (null or "ASC" or "DESC"))
        {
            scope.Refuse("orderDirection", $"\"{direction}\" is neither ASC nor DESC.");
        }

        var (limit, most) = (Count("eventCountLimit"), Count("maxEventCount"));
        if (limit is not null && most is not null)
        {
            scope.Refuse("eventCountLimit", "eventCountLimit and maxEventCount exclude each other.");
        }

        if (limit is not null && orderBy is null)
        {
            scope.Refuse("eventCountLimit", "Which events are the first only an order says: orderBy lacks.");
        }

        return new(parameters, conditions)
        {
            Context = scope.Context,
            OrderBy = orderBy is null ? null : scope.Context.Expand(orderBy),
            OrderDirection = direction == "ASC" ? OrderDirection.Ascending : OrderDirection.Descending,
            EventCountLimit = limit,
            MaxEventCount = most,
            PerPage = Count("perPage"),
            NextPageToken = Text("nextPageToken"),
        };
    }

    private static List<string> Values(QueryScope scope, string name, JsonElement value)
    {
        var values = new List<string>();
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var member in value.EnumerateArray())
                {
                    if (member.ValueKind is JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null)
                    {
                        scope.Refuse(name, "A value is a string, a number or a truth value.");
                    }
                    else
                    {
                        values.Add(Text(member));
                    }
                }

                break;
            case JsonValueKind.Object:
                scope.Refuse(name, "A value is a string, a number, a truth value, or an array of these.");
                break;
            case JsonValueKind.Null:
                break;
            default:
                values.Add(Text(value));
                break;
        }

        return values;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
