using Jingwei.Load.Servers;

namespace Jingwei.Load.Lines;

/// <summary>A store that takes line protocol in over HTTP: ours, or a peer. Started empty for one run and thrown away after it.</summary>
public interface ILineStore : IAsyncDisposable
{
    /// <summary>Its processor time and memory.</summary>
    SubjectProcess Process { get; }

    /// <summary>Where it listens.</summary>
    Uri Address { get; }

    /// <summary>Request line and headers of a write with times in nanoseconds, each ended by CR LF, without Content-Length.</summary>
    string WriteHead { get; }

    /// <summary>Starts it on an empty data folder, ready to be written to.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>
    /// Does what the store's documentation names to make what it acknowledged visible to queries at once, where that is not so anyway.
    /// </summary>
    Task ShowAsync(CancellationToken cancellation);

    /// <summary>How many values a query over the whole time of the data finds.</summary>
    Task<long> CountAsync(CancellationToken cancellation);

    /// <summary>The sum of all values, by a query.</summary>
    Task<long> SumAsync(CancellationToken cancellation);

    /// <summary>Merges what it holds, as far as its documentation names a way and else by waiting; then the bytes of its files, part by part.</summary>
    Task<IReadOnlyDictionary<string, long>> MergedBytesAsync(CancellationToken cancellation);
}
