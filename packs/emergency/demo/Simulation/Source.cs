namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>How what a source says comes to the server.</summary>
internal enum Way
{
    /// <summary>As JSON.</summary>
    Report,

    /// <summary>As a form, with a picture where there is one.</summary>
    Form,

    /// <summary>As a request of Open311 GeoReport v2, as applications for citizens send it.</summary>
    Request,

    /// <summary>As a row of a table that is uploaded from time to time.</summary>
    Table,

    /// <summary>As an entry of an Atom feed.</summary>
    Atom,

    /// <summary>As an item of an RSS feed.</summary>
    Rss,
}

/// <summary>Who says something.</summary>
/// <param name="Kind">As the pack's incidents declare it.</param>
/// <param name="Name">With {county}, {city} and {handle} to be filled in; it says that it is simulated.</param>
internal sealed record Source(string Id, string Kind, Way Way, string Name)
{
    /// <summary>An office that knows which county it speaks for.</summary>
    public bool KnowsItsRegion => Kind is "department" or "official";
}
