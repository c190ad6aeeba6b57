using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server;

/// <summary>A statement that is compiled once and run for many rows of a transaction; its parameters are $0, $1 and so on, in their order.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly SqliteCommand command;

    public PreparedStatement(SqliteConnection store, SqliteTransaction transaction, string sql)
    {
        command = store.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is a constant of the caller's.
        command.CommandText = sql;
#pragma warning restore CA2100
    }

    /// <summary>Runs it; how many rows it wrote.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it; the first value that it answers, or null.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar();
    }

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var place = 0; place < values.Length; place++)
        {
            var value = values[place] ?? DBNull.Value;
            if (place < command.Parameters.Count)
            {
                command.Parameters[place].Value = value;
            }
            else
            {
                command.Parameters.AddWithValue("$" + place.ToString(CultureInfo.InvariantCulture), value);
            }
        }
    }
}
