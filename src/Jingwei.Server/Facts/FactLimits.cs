namespace Jingwei.Server.Facts;

/// <summary>What a fact, a capture and a query may cost.</summary>
internal static class FactLimits
{
    /// <summary>Most events of a capture: told in the header GS1-EPCIS-Capture-Limit. A hundred times what one pallet needs, and a second's work.</summary>
    public const int CaptureEvents = 10_000;

    /// <summary>Longest capture in bytes: told in GS1-EPCIS-Capture-File-Size-Limit. 10,000 events of some 3 kB.</summary>
    public const int CaptureBytes = 32 << 20;

    /// <summary>Longest context of a document or an event in bytes: each event that is kept has it with it. Contexts of published documents have some hundred bytes.</summary>
    public const int ContextBytes = 16 << 10;

    /// <summary>Longest namespace in characters: it is written out for every short form when an event is hashed.</summary>
    public const int NamespaceCharacters = 512;

    /// <summary>Captures whose bytes are received at a time; others wait. Each holds its bytes.</summary>
    public const int BodiesTogether = 16;

    /// <summary>Captures that are read at a time; others wait. Each holds some four times its bytes.</summary>
    public const int CapturesTogether = 4;

    /// <summary>Longest identifier in bytes of UTF-8, in its canonical form: what browsers and proxies let stand in an address.</summary>
    public const int NameBytes = 2048;

    /// <summary>Most identifiers of one event: a truck with all its items.</summary>
    public const int NamesOfEvent = 20_000;

    /// <summary>Events of a page where the query does not say (EPCIS 2.0, OpenAPI, parameter perPage).</summary>
    public const int PerPage = 30;

    /// <summary>Most events of a page.</summary>
    public const int MostPerPage = 1_000;

    /// <summary>Bytes of events with which a page, or a message of a subscription, is full: of events of a kilobyte a page is full before. One event may be larger.</summary>
    public const int PageBytes = 16 << 20;

    /// <summary>Most events that one request looks at by their heads. A request that has looked at so many answers with the page as it stands, and its link goes on there.</summary>
    public const int HeadsOfRequest = 500_000;

    /// <summary>Most events that one request reads whole; like <see cref="HeadsOfRequest"/>.</summary>
    public const int EventsOfRequest = 20_000;

    /// <summary>How often as much as that is looked at where all events that fit have to be known before any is told: counted (maxEventCount) or put in order by an extension. Above it is a QueryTooComplexException.</summary>
    public const int RunsOfRequest = 8;

    /// <summary>Most events that the identifiers of a query may name together; above it is a QueryTooComplexException.</summary>
    public const int Candidates = 500_000;

    /// <summary>Most events that are put in order by an extension; above it is a QueryTooLargeException.</summary>
    public const int Sorted = 10_000;

    /// <summary>Most objects of a trace; above it the trace is cut, and says so.</summary>
    public const int Traced = 50_000;

    /// <summary>Most objects that are traced together to find what they have in common; each is at most a usual trace.</summary>
    public const int TracedTogether = 50;

    /// <summary>Fewest objects of a cell of statistics; smaller ones count in no figure, so that none is found by taking one figure from another.</summary>
    public const int StatisticsGroup = 10;

    /// <summary>Most events that one request for statistics reads; above it the request is refused.</summary>
    public const int StatisticsEvents = 200_000;

    /// <summary>Longest time of statistics, in months.</summary>
    public const int StatisticsMonths = 24;

    /// <summary>Most events of one object that a trace reads; above it the trace is cut, and says so.</summary>
    public const int EventsOfTraced = 10_000;

    /// <summary>Most events of all objects of a trace, some of which are kept meanwhile; above it the trace is cut, and says so.</summary>
    public const int EventsOfTrace = 200_000;

    /// <summary>Most places of one party that master data are kept of: twice the read points of a large manufacturer. What is told of others is not kept, and the job says so.</summary>
    public const int PlacesOfParty = 20_000;

    /// <summary>Most other things of one party that master data are kept of: products, parties, words; like <see cref="PlacesOfParty"/>, and by itself, so that a catalogue does not push the places out.</summary>
    public const int OthersOfParty = 20_000;

    /// <summary>Most bytes of the master data of one thing; all attributes of the CBV take some two thousand.</summary>
    public const int MasterDataBytes = 8 << 10;

    /// <summary>How long capture jobs are told of.</summary>
    public static readonly TimeSpan JobAge = TimeSpan.FromDays(90);

    /// <summary>Most named queries of a party.</summary>
    public const int NamedQueries = 1_000;

    /// <summary>Longest named query in bytes.</summary>
    public const int QueryBytes = 256 << 10;
}
