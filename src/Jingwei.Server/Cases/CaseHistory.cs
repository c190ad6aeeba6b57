using System.Buffers.Binary;
using System.Text;
using Dapper;
using Jingwei.Ledger;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>A row of the history as stored.</summary>
/// <param name="Position">Its place in the one chain over all cases; 1, 2, 3, without gaps.</param>
/// <param name="At">Microseconds since the epoch, UTC.</param>
/// <param name="Content">JSON; null once erased.</param>
public sealed record CaseEventRow(
    long Position, string Case, long Seq, long At, string Actor, string Kind, string? Content, byte[]? Salt, byte[] Commitment, byte[] Link)
{
    public PlacedEvent Placed => new(Case, Seq, CaseTime.Of(At), Actor, CaseEventText.Read(Kind, Content));
}

/// <summary>The end of the chain over all cases.</summary>
public sealed record ChainHead(long Position, byte[] Link)
{
    /// <summary>Of an empty history.</summary>
    public static ChainHead Origin { get; } = new(0, CaseHistory.Origin);
}

/// <summary>
/// The one append-only history of all cases: a <see cref="HashChain"/> named <see cref="ChainName"/>, whose sequence is
/// the column `position` and whose content is the column `content` in UTF-8.
/// </summary>
/// <remarks>
/// The header of a row, which stays for ever: <c>text(case_id) || int64 seq || int64 at || text(actor) || text(kind)</c>,
/// where text is <c>uint32 length in bytes || UTF-8</c>; integers are big-endian.
/// </remarks>
public static class CaseHistory
{
    public const string ChainName = "jingwei/case";

    public const string Columns = "position, case_id AS \"Case\", seq, at, actor, kind, content, salt, commitment, link";

    // Statements of a trigger keep a row from being changed by this program or by hand; whoever drops the triggers is
    // found out by the chain. REPLACE deletes without asking delete triggers, hence the one on insertion.
    public const string Schema =
        $"""
        CREATE TABLE case_event (
            position INTEGER PRIMARY KEY, case_id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
            kind TEXT NOT NULL, content TEXT, salt BLOB, commitment BLOB NOT NULL, link BLOB NOT NULL, UNIQUE (case_id, seq));
        CREATE TRIGGER case_event_appended BEFORE INSERT ON case_event
        WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM case_event)
            OR EXISTS (SELECT 1 FROM case_event WHERE case_id = NEW.case_id AND seq = NEW.seq)
        BEGIN SELECT raise(ABORT, 'case_event only grows at its end'); END;
        CREATE TRIGGER case_event_kept BEFORE DELETE ON case_event
        BEGIN SELECT raise(ABORT, 'case_event keeps every row'); END;
        CREATE TRIGGER case_event_erased BEFORE UPDATE ON case_event
        WHEN NOT (NEW.position IS OLD.position AND NEW.case_id IS OLD.case_id AND NEW.seq IS OLD.seq AND NEW.at IS OLD.at
            AND NEW.actor IS OLD.actor AND NEW.kind IS OLD.kind AND NEW.commitment IS OLD.commitment AND NEW.link IS OLD.link
            AND NEW.content IS NULL AND NEW.salt IS NULL AND OLD.kind IN ('{CaseEventText.Comment}', '{CaseEventText.Fields}'))
        BEGIN SELECT raise(ABORT, 'of case_event only comments and fields can be erased, content and salt together'); END;
        """;

    public static byte[] Origin { get; } = HashChain.Origin(ChainName);

    /// <summary>The events of one case, oldest first.</summary>
    public static IReadOnlyList<CaseEventRow> Of(SqliteConnection store, string id, SqliteTransaction? transaction = null) =>
        store.Query<CaseEventRow>($"SELECT {Columns} FROM case_event WHERE case_id = @id ORDER BY seq", new { id }, transaction).AsList();

    public static byte[] Header(string id, long seq, long at, string actor, string kind)
    {
        var header = new byte[(3 * sizeof(uint)) + (2 * sizeof(long)) + Bytes(id) + Bytes(actor) + Bytes(kind)];
        var rest = WriteText(header, id);
        BinaryPrimitives.WriteInt64BigEndian(rest, seq);
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(long)..], at);
        WriteText(WriteText(rest[(2 * sizeof(long))..], actor), kind);
        return header;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static Span<byte> WriteText(Span<byte> header, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, header[sizeof(uint)..]);
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)length);
        return header[(sizeof(uint) + length)..];
    }
}

/// <summary>Times as the store has them: microseconds since the epoch, UTC.</summary>
public static class CaseTime
{
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Of(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to what the store keeps, so that what was decided on is what is read back.</summary>
    public static DateTimeOffset Now(TimeProvider time) => Of(Of(time.GetUtcNow()));
}
