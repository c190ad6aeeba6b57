namespace Jingwei.Identifiers.Epcis.Rest;

/// <summary>
/// The exceptions of EPCIS as its REST binding answers with them: Problem Details (RFC 7807) with a type, a title and a status
/// (EPCIS 2.0, 8.2.2 and the responses of its OpenAPI description).
/// </summary>
/// <param name="Name">Name of the exception: `ValidationException`.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Status">Status of HTTP.</param>
public sealed record EpcisProblemType(string Name, string Title, int Status)
{
    /// <summary>Media type of the answer in JSON.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Media type of the answer in XML.</summary>
    public const string XmlMediaType = "application/problem+xml";

    /// <summary>What was sent is no right document, event or value.</summary>
    public static readonly EpcisProblemType Validation = new("ValidationException", "Event validation failed", 400);

    /// <summary>A query as a whole makes no sense.</summary>
    public static readonly EpcisProblemType QueryValidation = new("QueryValidationException", "EPCIS query exception", 400);

    /// <summary>A parameter of a query is unknown, or its value is wrong.</summary>
    public static readonly EpcisProblemType QueryParameter = new("QueryParameterException", "EPCIS query exception", 400);

    /// <summary>When a subscription should run is said wrong or twice.</summary>
    public static readonly EpcisProblemType SubscriptionControls = new("SubscriptionControlsException", "Subscription error", 400);

    /// <summary>Who asks did not say who he is.</summary>
    public static readonly EpcisProblemType Unauthorised = new("SecurityException", "Unauthorised request", 401);

    /// <summary>Who asks may not do that.</summary>
    public static readonly EpcisProblemType Security = new("SecurityException", "Access to resource forbidden", 403);

    /// <summary>There is no such event, query, subscription or job.</summary>
    public static readonly EpcisProblemType NoSuchResource = new("NoSuchResourceException", "Resource not found", 404);

    /// <summary>There is no query of that name.</summary>
    public static readonly EpcisProblemType NoSuchName = new("NoSuchNameException", "Resource not found", 404);

    /// <summary>What is asked for and what is accepted do not go together.</summary>
    public static readonly EpcisProblemType NotAcceptable = new("NotAcceptableException", "Conflicting request and response headers", 406);

    /// <summary>There is a query or event of that name already.</summary>
    public static readonly EpcisProblemType ResourceAlreadyExists = new("ResourceAlreadyExistsException", "A resource with the provided identifier already exists.", 409);

    /// <summary>There are more events or bytes than a capture may have.</summary>
    public static readonly EpcisProblemType CaptureLimitExceeded = new("CaptureLimitExceededException", "Capture Payload too large", 413);

    /// <summary>The answer would be larger than <c>maxEventCount</c> or the repository allows.</summary>
    public static readonly EpcisProblemType QueryTooLarge = new("QueryTooLargeException", "Query result is too large", 413);

    /// <summary>The query would take more than the repository gives it.</summary>
    public static readonly EpcisProblemType QueryTooComplex = new("QueryTooComplexException", "Query is too complex", 413);

    /// <summary>The address is too long; such a query goes into the body.</summary>
    public static readonly EpcisProblemType UriTooLong = new("URITooLongException", "URI Too Long", 414);

    /// <summary>What was sent is of no known media type.</summary>
    public static readonly EpcisProblemType UnsupportedMediaType = new("UnsupportedMediaTypeException", "Unsupported Media Type", 415);

    /// <summary>Something went wrong here.</summary>
    public static readonly EpcisProblemType Implementation = new("ImplementationException", "A server-side error occurred", 500);

    /// <summary>The repository does not do that.</summary>
    public static readonly EpcisProblemType NotImplemented = new("ImplementationException", "Functionality not supported by server", 501);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EpcisProblemType> All { get; } =
    [
        Validation, QueryValidation, QueryParameter, SubscriptionControls, Unauthorised, Security, NoSuchResource, NoSuchName, NotAcceptable, ResourceAlreadyExists,
        CaptureLimitExceeded, QueryTooLarge, QueryTooComplex, UriTooLong, UnsupportedMediaType, Implementation, NotImplemented,
    ];

    /// <summary>The `type` of the problem: `epcisException:ValidationException`.</summary>
    public string Type => "epcisException:" + Name;
}
