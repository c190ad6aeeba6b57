using System.Text.Json.Nodes;

namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>An event as a company puts it down, part by part.</summary>
internal sealed class Draft
{
    private readonly Firm firm;
    private readonly DateTimeOffset at;
    private readonly JsonObject body;

    private Draft(Firm firm, DateTimeOffset at, string type, string? action, string step)
    {
        // Whole seconds, as people put times down.
        (this.firm, this.at) = (firm, new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), at.Offset));
        body = new() { ["type"] = type };
        if (action is not null)
        {
            body["action"] = action;
        }

        body["bizStep"] = step;
        body["bizLocation"] = Id(firm.Site);
    }

    /// <summary>Something is seen, or comes to be (action ADD).</summary>
    public static Draft Object(Firm firm, DateTimeOffset at, string step, string action = "OBSERVE") => new(firm, at, "ObjectEvent", action, step);

    /// <summary>Something is made of something.</summary>
    public static Draft Transformation(Firm firm, DateTimeOffset at, string step) => new(firm, at, "TransformationEvent", null, step);

    /// <summary>Something is put into a crate (ADD) or taken out (DELETE).</summary>
    public static Draft Aggregation(Firm firm, DateTimeOffset at, string step, string action, string crate)
    {
        var draft = new Draft(firm, at, "AggregationEvent", action, step);
        draft.body["parentID"] = crate;
        return draft;
    }

    public Draft Epcs(string list, IEnumerable<string> ids) => With(list, new JsonArray([.. ids.Select(id => JsonValue.Create(id))]));

    public Draft Quantities(string list, params IEnumerable<Quantity> quantities) => With(list, new JsonArray([.. quantities.Select(each => each.ToJson())]));

    public Draft At(string place) => With("readPoint", Id(firm.Place(place)));

    public Draft Disposition(string word) => With("disposition", word);

    public Draft Certificate(string url) => With("certificationInfo", new JsonArray(url));

    public Draft Transactions(params IEnumerable<(string Type, string Id)> transactions) => With(
        "bizTransactionList",
        new JsonArray([.. transactions.Select(each => new JsonObject { ["type"] = each.Type, ["bizTransaction"] = each.Id })]));

    /// <summary>The goods go from one company to another.</summary>
    public Draft Transfer(Firm from, Firm to)
    {
        With("sourceList", new JsonArray(
            new JsonObject { ["type"] = "owning_party", ["source"] = from.Entity }, new JsonObject { ["type"] = "location", ["source"] = from.Site }));
        return With("destinationList", new JsonArray(
            new JsonObject { ["type"] = "owning_party", ["destination"] = to.Entity }, new JsonObject { ["type"] = "location", ["destination"] = to.Site }));
    }

    public Draft Defect(string word) => With("demo:defect", word);

    /// <summary>Done.</summary>
    public ChainEvent Record() => new(at, firm, body);

    private static JsonObject Id(string id) => new() { ["id"] = id };

    private Draft With(string name, JsonNode value)
    {
        body[name] = value;
        return this;
    }
}

/// <summary>So much of a class of objects.</summary>
/// <param name="Unit">A code of UN/CEFACT Recommendation 20; null where pieces are counted.</param>
internal sealed record Quantity(string Class, double Amount, string? Unit = null)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["epcClass"] = Class, ["quantity"] = Amount };
        if (Unit is not null)
        {
            json["uom"] = Unit;
        }

        return json;
    }
}
