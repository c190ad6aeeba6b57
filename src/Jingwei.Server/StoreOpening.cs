namespace Jingwei.Server;

/// <summary>
/// The store of a <typeparamref name="TOwner"/>, opened beside everything else: its library takes time to load, and what was written last before a
/// kill is read again. Who takes the store disposes of it.
/// </summary>
internal sealed class StoreOpening<TOwner>
{
    private readonly Lazy<OrderedStore> store;

    /// <summary>Begins to open it.</summary>
    public StoreOpening(string folder, OrderedStoreOptions layout)
    {
        store = new(() => new OrderedStore(folder, layout));
        _ = Task.Run(() => store.Value);
    }

    /// <summary>Waits until it is open.</summary>
    /// <exception cref="CannotStartException">The folder cannot be opened.</exception>
    public OrderedStore Opened => store.Value;
}
