using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Jingwei.Server.Telemetry.Engine;

/// <summary>
/// One connection to the engine and the thread that alone uses it: native calls block, and must not take threads
/// away from requests. Work waits its turn; whoever hands it in awaits the end.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    /// <summary>Stands in SQL for the columns that are lent to a query; may stand there once.</summary>
    public const string Input = "@input";

    private static long inputs;

    private readonly BlockingCollection<Action> work;
    private readonly Thread thread;
    private nint handle;

    private EngineConnection(string path, string name, int queue, TaskCompletionSource opened)
    {
        work = new BlockingCollection<Action>(queue);
        thread = new Thread(() => Run(path, opened)) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Opens a connection on a thread of its own.</summary>
    /// <param name="queue">Pieces of work that may wait; more make the caller's thread wait.</param>
    /// <exception cref="EngineException">The engine cannot open the path.</exception>
    public static async Task<EngineConnection> OpenAsync(string path, string name, int queue)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new EngineConnection(path, name, queue, opened);
        await opened.Task;
        return connection;
    }

    /// <summary>Runs SQL that answers nothing.</summary>
    public Task ExecuteAsync(string sql) => Post(() =>
    {
        Query(sql, "Null", static _ => true);
        return true;
    });

    /// <summary>Runs a query and decodes its RowBinary answer; <see cref="Input"/> in it stands for <paramref name="input"/>.</summary>
    public Task<T> QueryAsync<T>(string sql, RowReader<T> read, ColumnBatch? input = null) =>
        Post(() => WithInput(sql, input, named => Query(named, "RowBinary", bytes => read(new RowBinary(bytes)))));

    /// <summary>Runs a query and decodes its answer as blocks of columns, which cost a fraction of rows where there are many.</summary>
    public Task<T> QueryBlocksAsync<T>(string sql, BlockReader<T> read) => Post(() => Query(sql, "Native", bytes => read(new NativeBlocks(bytes))));

    /// <summary>Runs a query and returns its answer as text in a format of the engine's.</summary>
    public Task<string> QueryTextAsync(string sql, string format) =>
        Post(() => Query(sql, format, static bytes => Encoding.UTF8.GetString(bytes)));

    /// <summary>Runs SQL that reads <paramref name="rows"/> as <see cref="Input"/> and answers nothing.</summary>
    public Task InsertAsync(string sql, ColumnBatch rows) =>
        Post(() => WithInput(sql, rows, named => Query(named, "Null", static _ => true)));

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private Task<T> Post<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception error) when (error is EngineException or InvalidOperationException or ArgumentException)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    private unsafe void Run(string path, TaskCompletionSource opened)
    {
        nint* connection;
        try
        {
            connection = Open(path);
        }
        catch (Exception error) when (error is EngineException or TypeInitializationException or DllNotFoundException)
        {
            opened.SetException(error is TypeInitializationException { InnerException: { } cause } ? cause : error);
            return;
        }

        handle = *connection;
        opened.SetResult();
        foreach (var item in work.GetConsumingEnumerable())
        {
            item();
        }

        ChdbLibrary.Close(connection);
    }

    private static unsafe nint* Open(string path)
    {
        var arguments = stackalloc byte*[2];
        arguments[0] = (byte*)Marshal.StringToCoTaskMemUTF8("jingwei");
        arguments[1] = (byte*)Marshal.StringToCoTaskMemUTF8($"--path={path}");
        var connection = ChdbLibrary.Connect(2, arguments);
        Marshal.FreeCoTaskMem((nint)arguments[0]);
        Marshal.FreeCoTaskMem((nint)arguments[1]);
        return connection is null || *connection == 0
            ? throw new EngineException($"The analytic engine cannot open {path}; is another process using it?")
            : connection;
    }

    private unsafe T WithInput<T>(string sql, ColumnBatch? input, Func<string, T> query)
    {
        if (input is null)
        {
            return query(sql);
        }

        // The engine keeps these names for the whole process.
        var name = string.Create(CultureInfo.InvariantCulture, $"input{Interlocked.Increment(ref inputs)}");
        fixed (byte* table = Encoding.UTF8.GetBytes(name + '\0'))
        {
            input.Export(out var schema, out var array);
            if (ChdbLibrary.ScanArrowArray(handle, table, schema, array) != 0)
            {
                throw new EngineException($"The engine refused the columns of {name}.");
            }

            try
            {
                return query(sql.Replace(Input, $"arrowstream('{name}')", StringComparison.Ordinal));
            }
            finally
            {
                ChdbLibrary.UnregisterArrowTable(handle, table);
            }
        }
    }

    private unsafe T Query<T>(string sql, string format, Func<ReadOnlySpan<byte>, T> read)
    {
        var sqlBytes = Encoding.UTF8.GetBytes(sql);
        var formatBytes = Encoding.UTF8.GetBytes(format);
        nint result;
        fixed (byte* sqlText = sqlBytes, formatText = formatBytes)
        {
            result = ChdbLibrary.Query(handle, sqlText, (nuint)sqlBytes.Length, formatText, (nuint)formatBytes.Length);
        }

        try
        {
            var error = ChdbLibrary.ResultError(result);
            return error is not null
                ? throw new EngineException(Marshal.PtrToStringUTF8((nint)error) ?? "The engine failed.")
                : read(new ReadOnlySpan<byte>(ChdbLibrary.ResultBuffer(result), (int)ChdbLibrary.ResultLength(result)));
        }
        finally
        {
            ChdbLibrary.DestroyResult(result);
        }
    }
}
