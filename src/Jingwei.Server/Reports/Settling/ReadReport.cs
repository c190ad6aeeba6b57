using System.Buffers;
using System.Collections.Immutable;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Text.Likeness;

namespace Jingwei.Server.Reports.Settling;

/// <summary>How a report came to its incident.</summary>
public enum Joining
{
    /// <summary>It began the incident.</summary>
    Began,

    /// <summary>It is so like a report of the incident that it was joined by itself.</summary>
    Joined,

    /// <summary>A person moved it.</summary>
    Moved,
}

/// <summary>A report with what was read in it.</summary>
internal sealed record ReadReport(ReportRow Row, ReportStructure Structure, ReportProfile Profile);

/// <summary>What a report says of its incident.</summary>
internal sealed record ReportEvidence(ReportRow Row, ReportStructure Structure, ReportMoment Moment, ImmutableArray<Statement> Statements)
{
    // As long as a headline.
    private const int TitleLength = 60;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？!?\n");

    public static ReportEvidence Of(ReadReport read, SourceKind source) => Of(read.Row, read.Structure, source);

    public static ReportEvidence Of(ReportRow row, ReportStructure structure, SourceKind source) => new(
        row,
        structure,
        new ReportMoment(row.ReportedAt, (float)source.Weight, ReportMoment.KeyOf(row.SourceKind, row.Source), source.Official, RegionOf(structure)),
        [.. structure.Facts.Select(fact => new Statement(fact.Fact, fact.Number, fact.Text, row.Seq, row.SourceKind, source.Official, row.ReportedAt, fact.By))]);

    /// <summary>The incident that it begins; its case is not known yet.</summary>
    public Incident Begin() => new Incident(
        Row.Seq, "", Row.Type, Row.Party, RegionOf(Structure) ?? Row.Home, Row.Exercise != 0, TitleOf(), Position, Row.ReportedAt, Row.ReportedAt, 0,
        ImmutableSortedDictionary.Create<string, Statement>(StringComparer.Ordinal), 0, [], Band.Blue, null, null).Joined(Moment, Statements);

    /// <summary>An incident that it is about, with what it says.</summary>
    public Incident Join(Incident incident)
    {
        var joined = incident.Joined(Moment, Statements);
        return joined with { Position = joined.Position ?? Position, Region = joined.Text("region") is { Length: > 0 } region ? region : joined.Region };
    }

    private LonLat? Position => LonLat.Of(Row.Lon, Row.Lat);

    private static string? RegionOf(ReportStructure structure) => structure.Fact("region")?.Text;

    private string TitleOf()
    {
        if (Row.Title.Length > 0)
        {
            return Cut(Row.Title);
        }

        var end = Row.Text.AsSpan().IndexOfAny(SentenceEnds);
        return Cut(end > 0 ? Row.Text[..end] : Row.Text);
    }

    private static string Cut(string text)
    {
        var line = text.Trim().ReplaceLineEndings(" ");
        if (line.Length <= TitleLength)
        {
            return line.Length > 0 ? line : "—";
        }

        // Not between the halves of a character.
        var end = char.IsHighSurrogate(line[TitleLength - 2]) ? TitleLength - 2 : TitleLength - 1;
        return line[..end] + "…";
    }
}
