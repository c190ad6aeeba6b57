using System.Collections.Concurrent;
using Dapper;

namespace Jingwei.Server.Identifiers.Registry;

/// <summary>
/// Numbers for the texts that millions of records share (who wrote, who may read, which template), so that a record has a byte of each.
/// A number is never given to another text.
/// </summary>
internal sealed class NameBook
{
    private readonly Database database;
    private readonly ConcurrentDictionary<string, uint> numbers;
    private readonly ConcurrentDictionary<uint, string> texts;

    public NameBook(Database database)
    {
        this.database = database;
        database.Migrate("identifiers.names", "CREATE TABLE identifier_name (number INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE)");
        var rows = database.Read(store => store.Query<(long Number, string Text)>("SELECT number, text FROM identifier_name").AsList());
        numbers = new(rows.Select(row => KeyValuePair.Create(row.Text, (uint)row.Number)), StringComparer.Ordinal);
        texts = new(rows.Select(row => KeyValuePair.Create((uint)row.Number, row.Text)));
    }

    /// <summary>The number of a text, from 1; a new one is on disk before this returns.</summary>
    public uint NumberOf(string text)
    {
        if (numbers.TryGetValue(text, out var known))
        {
            return known;
        }

        var number = (uint)database.Write((store, transaction) => store.ExecuteScalar<long>(
            "INSERT INTO identifier_name (text) VALUES (@text) ON CONFLICT (text) DO UPDATE SET text = excluded.text RETURNING number", new { text }, transaction));
        texts[number] = text;
        numbers[text] = number;
        return number;
    }

    /// <summary>The text of a number; null for 0 and for one that was not given.</summary>
    public string? TextOf(uint number) => texts.GetValueOrDefault(number);
}
