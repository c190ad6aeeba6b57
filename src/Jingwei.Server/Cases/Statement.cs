using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jingwei.Server.Cases;

/// <summary>
/// A statement that is prepared once and run often, its values bound by place. Made and used by the store's writer alone; a command of
/// the library finds each value by name and asks for its type, which takes longer than the store takes to write.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 store;
    private readonly sqlite3_stmt statement;
    private int place;

    public Statement(SqliteConnection connection, string sql)
    {
        store = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(store, sql, out statement));
    }

    /// <summary>The next value, in the order of the statement's question marks.</summary>
    public Statement With(string? text) =>
        Bound(text is null ? raw.sqlite3_bind_null(statement, ++place) : raw.sqlite3_bind_text(statement, ++place, text));

    /// <inheritdoc cref="With(string?)"/>
    public Statement With(long? number) =>
        Bound(number is { } value ? raw.sqlite3_bind_int64(statement, ++place, value) : raw.sqlite3_bind_null(statement, ++place));

    /// <inheritdoc cref="With(string?)"/>
    public Statement With(bool flag) => Bound(raw.sqlite3_bind_int(statement, ++place, flag ? 1 : 0));

    /// <inheritdoc cref="With(string?)"/>
    public Statement With(ReadOnlySpan<byte> bytes) => Bound(raw.sqlite3_bind_blob(statement, ++place, bytes));

    /// <summary>Runs it with the values that were bound.</summary>
    /// <exception cref="SqliteException">The store refused it; nothing of the transaction may be kept.</exception>
    public void Run()
    {
        place = 0;
        var answer = raw.sqlite3_step(statement);
        var reset = raw.sqlite3_reset(statement);
        Check(answer == raw.SQLITE_DONE ? reset : answer);
    }

    /// <summary>Runs it and reads what it answers, row by row; the rows must be read to their end before it is used again.</summary>
    public IEnumerable<T> Read<T>(Func<sqlite3_stmt, T> row)
    {
        place = 0;
        try
        {
            while (raw.sqlite3_step(statement) is var answer && answer != raw.SQLITE_DONE)
            {
                if (answer != raw.SQLITE_ROW)
                {
                    SqliteException.ThrowExceptionForRC(answer, store);
                }

                yield return row(statement);
            }
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>A column as bytes; null where there are none.</summary>
    public static byte[]? Bytes(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_blob(row, column).ToArray();

    /// <summary>A column as text; null where there is none.</summary>
    public static string? Text(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(row, column).utf8_to_string();

    public void Dispose() => statement.Dispose();

    private Statement Bound(int answer)
    {
        Check(answer);
        return this;
    }

    private void Check(int answer)
    {
        if (answer != raw.SQLITE_OK)
        {
            place = 0;
            SqliteException.ThrowExceptionForRC(answer, store);
        }
    }
}
