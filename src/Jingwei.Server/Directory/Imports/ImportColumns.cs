namespace Jingwei.Server.Directory.Imports;

/// <summary>A column of the file and what is taken from it.</summary>
/// <param name="Field">id, type, name, party, region, parent, gateway, lon, lat, identifiers.KIND; null: it is left out.</param>
public sealed record ImportColumn(string Name, string? Field);

/// <summary>Which column holds which field: by the head, in English or Chinese, or as the request says.</summary>
internal sealed class ImportColumns
{
    public const string IdentifierPrefix = "identifiers.";

    private static readonly Dictionary<string, string> Heads = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id",
        ["编号"] = "id",
        ["设备编号"] = "id",
        ["设备id"] = "id",
        ["type"] = "type",
        ["类型"] = "type",
        ["设备类型"] = "type",
        ["name"] = "name",
        ["名称"] = "name",
        ["设备名称"] = "name",
        ["party"] = "party",
        ["主体"] = "party",
        ["所属主体"] = "party",
        ["region"] = "region",
        ["区域"] = "region",
        ["所属区域"] = "region",
        ["parent"] = "parent",
        ["上级"] = "parent",
        ["上级设备"] = "parent",
        ["gateway"] = "gateway",
        ["网关"] = "gateway",
        ["lon"] = "lon",
        ["longitude"] = "lon",
        ["经度"] = "lon",
        ["lat"] = "lat",
        ["latitude"] = "lat",
        ["纬度"] = "lat",
        ["serial"] = "identifiers.serial",
        ["序列号"] = "identifiers.serial",
        ["出厂编号"] = "identifiers.serial",
        ["asset"] = "identifiers.asset",
        ["资产编号"] = "identifiers.asset",
    };

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <param name="said">"column=field" each; an empty field leaves the column out.</param>
    /// <exception cref="BadTableException">No column holds the id, two hold the same field, or a field that is named does not exist.</exception>
    public ImportColumns(IReadOnlyList<string> head, IEnumerable<string> said)
    {
        var asked = said.Select(pair => pair.LastIndexOf('=') is var at and > 0 ? (Column: pair[..at], Field: pair[(at + 1)..]) : throw new BadTableException($"\"{pair}\" is not COLUMN=FIELD."))
            .DistinctBy(pair => pair.Column)
            .ToDictionary(pair => pair.Column, pair => pair.Field, StringComparer.Ordinal);
        All = [.. head.Select(name => new ImportColumn(name, Field(name.Trim(), asked)))];
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place].Field is { } field && !places.TryAdd(field, place))
            {
                throw new BadTableException($"The columns \"{All[places[field]].Name}\" and \"{All[place].Name}\" both hold {field}; leave one out.");
            }
        }

        if (!places.ContainsKey("id"))
        {
            throw new BadTableException($"No column holds the id of the thing: name one \"id\" or \"编号\". There are: {string.Join(", ", head)}.");
        }
    }

    public IReadOnlyList<ImportColumn> All { get; }

    /// <summary>The cell of a field, without spaces around it; empty where there is none.</summary>
    public string Cell(TableRow row, string field) => places.TryGetValue(field, out var place) && place < row.Cells.Count ? row.Cells[place].Trim() : "";

    /// <summary>How the file calls a field.</summary>
    public string NameOf(string field) => places.TryGetValue(field, out var place) ? All[place].Name : field;

    public IEnumerable<string> Identifiers => places.Keys.Where(each => each.StartsWith(IdentifierPrefix, StringComparison.Ordinal));

    private static string? Field(string name, Dictionary<string, string> asked)
    {
        if (asked.TryGetValue(name, out var said))
        {
            return said.Length == 0 ? null : Heads.ContainsValue(said) || IsIdentifier(said) ? said : throw new BadTableException($"There is no field \"{said}\".");
        }

        return Heads.GetValueOrDefault(name) ?? (IsIdentifier(name) ? name : null);
    }

    private static bool IsIdentifier(string field) =>
        field.StartsWith(IdentifierPrefix, StringComparison.Ordinal) && ThingIdentifiers.IsKind(field[IdentifierPrefix.Length..]);
}
