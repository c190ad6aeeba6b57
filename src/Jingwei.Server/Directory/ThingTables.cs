using Dapper;
using Jingwei.Server.Access;

namespace Jingwei.Server.Directory;

/// <summary>The tables of the things: what they are, what was changed, and what they are found by.</summary>
internal static class ThingTables
{
    public static void Migrate(Database database) => database.Migrate(
        "directory.things",
        """
        CREATE TABLE thing (
            id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, parent TEXT, gateway TEXT,
            created INTEGER NOT NULL, version INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0)
        """,
        """
        ALTER TABLE thing ADD COLUMN lon REAL;
        ALTER TABLE thing ADD COLUMN lat REAL;
        ALTER TABLE thing ADD COLUMN identifiers TEXT;
        CREATE TABLE thing_change (
            number INTEGER PRIMARY KEY AUTOINCREMENT, thing TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
            edit TEXT, deed TEXT NOT NULL, fields TEXT NOT NULL);
        CREATE INDEX thing_change_of_thing ON thing_change (thing, number);
        CREATE INDEX thing_change_of_edit ON thing_change (edit, number) WHERE edit IS NOT NULL;
        """,
        // The words of a thing as fixed-width codes of its bigrams, see ThingWords: the tokenizers that SQLite brings find no two-letter Chinese word.
        """
        CREATE TABLE thing_words (number INTEGER PRIMARY KEY, thing TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
        CREATE VIRTUAL TABLE thing_search USING fts5 (words, content = 'thing_words', content_rowid = 'number', tokenize = 'ascii');
        CREATE TRIGGER thing_words_added AFTER INSERT ON thing_words BEGIN
            INSERT INTO thing_search (rowid, words) VALUES (new.number, new.words);
        END;
        CREATE TRIGGER thing_words_changed AFTER UPDATE ON thing_words BEGIN
            INSERT INTO thing_search (thing_search, rowid, words) VALUES ('delete', old.number, old.words);
            INSERT INTO thing_search (rowid, words) VALUES (new.number, new.words);
        END;
        CREATE TRIGGER thing_words_gone AFTER DELETE ON thing_words BEGIN
            INSERT INTO thing_search (thing_search, rowid, words) VALUES ('delete', old.number, old.words);
        END;
        """);

    public static IReadOnlyList<Thing> ReadAll(Database database) =>
        [.. database.Read(store => store.Query<Row>("SELECT * FROM thing WHERE removed = 0")).Select(row => row.ToThing())];

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public string Name { get; init; } = "";

        public string Party { get; init; } = "";

        public string Region { get; init; } = "";

        public string? Parent { get; init; }

        public string? Gateway { get; init; }

        public long Created { get; init; }

        public long Version { get; init; }

        public double? Lon { get; init; }

        public double? Lat { get; init; }

        public string? Identifiers { get; init; }

        public Thing ToThing() => new(Id, Type, Name, Party, Region, Parent, Gateway, DateTimeOffset.FromUnixTimeMilliseconds(Created), Version)
        {
            Position = LonLat.Of(Lon, Lat),
            Identifiers = ThingIdentifiers.Read(Identifiers),
        };
    }
}
