using System.Text.RegularExpressions;
using Jingwei.Server.Telemetry.Engine;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>
/// Tries a write again that was refused for want of room, memory or a turn. Only for steps whose outcome is then known: a query, something
/// that may be done twice, or an atomic write of which it is looked first whether it is there. Anything else that fails stops its writer.
/// </summary>
/// <param name="refused">Told of each refusal; must not block or throw.</param>
internal sealed partial class Retry(TimeProvider clock, Action<Exception> refused)
{
    // Short enough that a merge or another query that ends soon costs nothing; then longer, so that a full disk is not hammered.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // The engine's error codes (ClickHouse, src/Common/ErrorCodes.cpp): MEMORY_LIMIT_EXCEEDED, NOT_ENOUGH_SPACE, TOO_MANY_PARTS.
    private static readonly string[] EngineRefusals = ["241", "243", "252"];

    // CANNOT_WRITE_TO_FILE_DESCRIPTOR, where the system says that the disk is full (ENOSPC); an insert that failed so removes what it wrote.
    private const string CannotWrite = "75";
    private const string DiskFull = "No space left on device";

    // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: the transaction is rolled back (sqlite.org/rescode.html, sqlite.org/lang_transaction.html).
    private static readonly int[] DatabaseRefusals = [5, 6, 13];

    private volatile Exception? refusal;

    /// <summary>The refusal that is waited out at the moment; null when there is none.</summary>
    public Exception? Refusal => refusal;

    /// <summary>Runs a step until it is not refused any more.</summary>
    /// <param name="giveUp">Once set, the next refusal is thrown: what is not written now is written after the next start.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> step, CancellationToken giveUp)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = await step();
                refusal = null;
                return result;
            }
            catch (Exception error) when (IsRefusal(error) && !giveUp.IsCancellationRequested)
            {
                refusal = error;
                refused(error);
            }

            await Task.Delay(pause, clock, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> step, CancellationToken giveUp) => RunAsync(
        async () =>
        {
            await step();
            return true;
        },
        giveUp);

    private static bool IsRefusal(Exception error) => error switch
    {
        SqliteException refused => DatabaseRefusals.Contains(refused.SqliteErrorCode),
        EngineException => Code().Match(error.Message).Groups["code"].Value is var code
            && (EngineRefusals.Contains(code) || (code == CannotWrite && error.Message.Contains(DiskFull, StringComparison.Ordinal))),
        _ => false,
    };

    [GeneratedRegex(@"^Code: (?<code>\d+)\.")]
    private static partial Regex Code();
}
