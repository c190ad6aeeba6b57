using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>An event as stored, with how many words the index has of it.</summary>
internal readonly record struct IndexedRow(CaseEventRow Event, long Words)
{
    private const string Query =
        """
        SELECT position, case_id, seq, at, actor, kind, content, salt, commitment, link, sz
        FROM case_event LEFT JOIN case_words_docsize ON id = position ORDER BY position
        """;

    /// <summary>The whole history, in the order of positions.</summary>
    public static IEnumerable<IndexedRow> All(SqliteConnection store, SqliteTransaction snapshot)
    {
        using var command = new SqliteCommand(Query, store, snapshot);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new(
                new(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetString(4), reader.GetString(5),
                    reader.IsDBNull(6) ? null : reader.GetString(6), Bytes(reader, 7), Bytes(reader, 8)!, Bytes(reader, 9)!),
                Bytes(reader, 10) is { } size ? Varint(size) : 0);
        }
    }

    private static byte[]? Bytes(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    // The index keeps sizes as SQLite writes numbers in its files: seven bits a byte, the highest first (sqlite.org/fileformat2.html#varint).
    private static long Varint(byte[] bytes)
    {
        var value = 0L;
        foreach (var each in bytes)
        {
            value = (value << 7) | (uint)(each & 0x7F);
            if ((each & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }
}
