namespace Jingwei.Server;

/// <summary>
/// The store of a <typeparamref name="TOwner"/>, opened beside everything else: its library takes time to load, and what was written last before a
/// kill is read again.
/// </summary>
internal sealed class StoreOpening<TOwner> : IDisposable
{
    private readonly Lazy<OrderedStore> store;

    /// <summary>Begins to open it.</summary>
    public StoreOpening(string folder, OrderedStoreOptions layout)
    {
        store = new(() => new OrderedStore(folder, layout));
        _ = Task.Run(() => store.Value);
    }

    /// <summary>Waits until it is open; who takes it disposes of it.</summary>
    /// <exception cref="CannotStartException">The folder cannot be opened.</exception>
    public OrderedStore Opened => store.Value;

    /// <summary>Waits until it is open, and closes it if nobody did: a process that ends while it is being opened aborts.</summary>
    public void Dispose()
    {
        try
        {
            store.Value.Dispose();
        }
        catch (CannotStartException)
        {
            // Whoever took it was told.
        }
    }
}
