using System.Collections.Immutable;
using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Directory.Imports;

/// <summary>What counts where a row says nothing: the type, party and region of things that are made.</summary>
public sealed record ImportDefaults(string? Type, string? Party, string? Region);

/// <summary>Judges the rows of a file, each by itself and then as a tree, for one caller; writes nothing.</summary>
internal sealed class ImportCheck
{
    // A cell that empties a field; an empty cell leaves it.
    private const string None = "-";

    private readonly Caller caller;
    private readonly ImportColumns columns;
    private readonly ImportDefaults defaults;
    private readonly Visible visible;
    private readonly Things things;
    private readonly Parties parties;
    private readonly Regions regions;
    private readonly RegionOutlines outlines;
    private readonly DateTimeOffset now;
    private readonly NameLookup typeNames = new("a type that things can have");
    private readonly NameLookup partyNames = new("a party");
    private readonly NameLookup regionNames = new("a region");
    private readonly Dictionary<(string, string), bool> configures = [];
    private readonly List<RowFault> faults = [];

    public ImportCheck(
        Caller caller, ImportColumns columns, ImportDefaults defaults, Visible visible, Things things, Parties parties, Regions regions, RegionOutlines outlines,
        PackSet packs, DateTimeOffset now)
    {
        (this.caller, this.columns, this.defaults, this.visible, this.things, this.parties, this.regions, this.outlines, this.now) =
            (caller, columns, defaults, visible, things, parties, regions, outlines, now);
        foreach (var type in packs.Types.Where(type => !type.Abstract))
        {
            typeNames.Add(type.Id, type.Name.Zh, type.Name.En);
        }

        foreach (var party in parties.All.Where(party => PlaceEndpoints.Sees(caller, party.Id, parties)))
        {
            partyNames.Add(party.Id, party.Name);
        }

        foreach (var region in regions.All.Where(region => PlaceEndpoints.Sees(caller, region.Id, regions)))
        {
            regionNames.Add(region.Id, region.Name);
        }
    }

    public IReadOnlyList<ImportRow> Check(ImportTable table)
    {
        var rows = new List<ImportRow>(table.Rows.Count);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            faults.Clear();
            var id = columns.Cell(row, "id");
            if (id.Length > 0 && !first.TryAdd(id, row.Number))
            {
                Fault("id", id, $"each id once; row {first[id]} has it");
            }

            rows.Add(Judge(row, id));
        }

        return new ImportTree(caller, visible, things, columns).Check(rows);
    }

    private ImportRow Judge(TableRow row, string id)
    {
        if (Ids.Fault(id) is { } idFault)
        {
            Fault("id", id, $"the id of a thing. {idFault}");
        }

        var existing = visible.Thing(caller, id);
        var thing = existing is null ? New(row, id) : Changed(row, existing);
        if (Ids.NameFault(columns.Cell(row, "name")) is { } nameFault)
        {
            Fault("name", columns.Cell(row, "name"), nameFault);
        }

        CheckRights(existing, thing);
        if (existing is null && faults.Count == 0 && things.TryGet(id, out _))
        {
            Fault("id", id, "an id that is free");
        }

        var name = thing?.Name ?? columns.Cell(row, "name");
        if (faults.Count > 0 || thing is null)
        {
            return new(row.Number, id, name, RowOutcome.Bad, [], [.. faults]);
        }

        var fields = ThingFields.Between(existing, thing);
        return fields.Count == 0
            ? new(row.Number, id, name, RowOutcome.Same, [], [])
            : new(row.Number, id, name, existing is null ? RowOutcome.Make : RowOutcome.Change, fields, [])
            {
                Write = new(existing is null ? ThingDeed.Made : ThingDeed.Changed, thing),
            };
    }

    private Thing? New(TableRow row, string id)
    {
        var type = Named(row, "type", typeNames, defaults.Type);
        if (type is null && columns.Cell(row, "type").Length == 0)
        {
            Fault("type", "", "the type of the new thing");
        }

        var position = Position(row, null);
        var party = Named(row, "party", partyNames, defaults.Party ?? Parties.Root);
        var region = Named(row, "region", regionNames, (position is { IsOnEarth: true } ? outlines.Smallest(position)?.Id : null) ?? defaults.Region ?? Regions.Root);
        var name = columns.Cell(row, "name") is { Length: > 0 } given ? given : id;
        var (parent, gateway, identifiers) = (Link(row, "parent", null), Gateway(row, null), Identifiers(row, ThingIdentifiers.None));
        return type is null || party is null || region is null
            ? null
            : new Thing(id, type, name, party, region, parent, gateway, now, 1) { Position = position, Identifiers = identifiers };
    }

    private Thing? Changed(TableRow row, Thing existing)
    {
        var type = Named(row, "type", typeNames, existing.Type);
        if (type is not null && type != existing.Type)
        {
            Fault("type", columns.Cell(row, "type"), $"{existing.Type}, which the thing is: a thing keeps its type");
        }

        var (party, region) = (Named(row, "party", partyNames, existing.Party), Named(row, "region", regionNames, existing.Region));
        var (parent, gateway) = (Link(row, "parent", existing.Parent), Gateway(row, existing.Gateway));
        var (position, identifiers) = (Position(row, existing.Position), Identifiers(row, existing.Identifiers));
        return party is null || region is null ? null : existing with
        {
            Name = columns.Cell(row, "name") is { Length: > 0 } name ? name : existing.Name,
            Party = party,
            Region = region,
            Parent = parent,
            Gateway = gateway,
            Position = position,
            Identifiers = identifiers,
        };
    }

    private string? Named(TableRow row, string field, NameLookup names, string? otherwise)
    {
        var cell = columns.Cell(row, field);
        if (cell.Length == 0)
        {
            return otherwise;
        }

        var id = names.Find(cell, out var expected);
        if (id is null)
        {
            Fault(field, cell, expected);
        }

        return id;
    }

    private string? Link(TableRow row, string field, string? otherwise) => columns.Cell(row, field) switch
    {
        "" => otherwise,
        None => null,
        var id => id,
    };

    // A gateway is there before what stands behind it: unlike a parent it cannot come with the same file.
    private string? Gateway(TableRow row, string? otherwise)
    {
        var gateway = Link(row, "gateway", otherwise);
        if (gateway is not null && gateway != otherwise && visible.Thing(caller, gateway) is null)
        {
            Fault("gateway", gateway, "the id of a thing that is there");
        }

        return gateway;
    }

    private LonLat? Position(TableRow row, LonLat? otherwise)
    {
        var (lon, lat) = (columns.Cell(row, "lon"), columns.Cell(row, "lat"));
        if (lon.Length == 0 && lat.Length == 0)
        {
            return otherwise;
        }

        if (lon == None && lat == None)
        {
            return null;
        }

        var (east, north) = (Degrees(lon), Degrees(lat));
        if (LonLat.Of(east, north) is { IsOnEarth: true } position)
        {
            return position;
        }

        Fault(east is null || Math.Abs(east.Value) > 180 ? "lon" : "lat", east is null || Math.Abs(east.Value) > 180 ? lon : lat, "degrees, such as 113.26 and 23.13 (WGS-84)");
        return otherwise;
    }

    private ImmutableSortedDictionary<string, string> Identifiers(TableRow row, ImmutableSortedDictionary<string, string> before)
    {
        var after = before;
        foreach (var field in columns.Identifiers)
        {
            var (cell, kind) = (columns.Cell(row, field), field[ImportColumns.IdentifierPrefix.Length..]);
            after = cell switch { "" => after, None => after.Remove(kind), _ => after.SetItem(kind, cell) };
            if (cell.Length > ThingIdentifiers.MostCharacters)
            {
                Fault(field, cell, $"at most {ThingIdentifiers.MostCharacters} characters");
            }
        }

        if (after.Count > ThingIdentifiers.Most)
        {
            Fault("id", columns.Cell(row, "id"), $"at most {ThingIdentifiers.Most} identifiers of a thing");
        }

        return after;
    }

    private void CheckRights(Thing? existing, Thing? thing)
    {
        if (thing is not null && thing.Party != existing?.Party && !things.IsEnabled(thing.Type, thing.Party))
        {
            Fault("type", thing.Type, $"a type of a pack that is enabled for {thing.Party}");
        }

        if (existing is not null && !Configures(existing.Party, existing.Region))
        {
            Fault("id", existing.Id, "a thing that you configure");
        }
        else if (thing is not null && !Configures(thing.Party, thing.Region))
        {
            Fault("party", thing.Party, $"a party and region that you configure (region {thing.Region})");
        }
    }

    private bool Configures(string party, string region)
    {
        if (!configures.TryGetValue((party, region), out var may))
        {
            configures.Add((party, region), may = caller.May(Right.Configure, new(parties.PathOf(party), regions.PathOf(region))));
        }

        return may;
    }

    private static double? Degrees(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;

    private void Fault(string field, string value, string expected) => faults.Add(new(columns.NameOf(field), value, expected));
}
