namespace Jingwei.Identifiers.Handle;

/// <summary>How a request ended (RFC 3652, 2.2.2.2, and the codes that Handle.Net added).</summary>
public enum HandleResponseCode
{
    /// <summary>A request; never an answer.</summary>
    Request = 0,
    Success = 1,
    Error = 2,
    ServerBusy = 3,
    ProtocolError = 4,

    /// <summary>RFC 3652: operation denied; Handle.Net: operation not supported.</summary>
    OperationDenied = 5,
    RecursionLimitExceeded = 6,

    /// <summary>Handle.Net: the server makes a backup and changes nothing meanwhile. Sent as 303 to clients before 2.5.</summary>
    ServerBackup = 7,
    HandleNotFound = 100,
    HandleAlreadyExists = 101,
    InvalidHandle = 102,
    ValuesNotFound = 200,
    ValueAlreadyExists = 201,
    InvalidValue = 202,
    ExpiredSiteInfo = 300,

    /// <summary>The handle is not this server's.</summary>
    ServerNotResponsible = 301,
    ServiceReferral = 302,

    /// <summary>RFC 3652 calls it RC_NA_DELEGATE; its body is as that of a service referral from 2.5 on.</summary>
    PrefixReferral = 303,

    /// <summary>Whoever asks administers nothing here.</summary>
    InvalidAdmin = 400,
    InsufficientPermissions = 401,

    /// <summary>The body is a challenge.</summary>
    AuthenticationNeeded = 402,
    AuthenticationFailed = 403,
    InvalidCredential = 404,

    /// <summary>The challenge is unknown or too old.</summary>
    AuthenticationTimeout = 405,
    UnableToAuthenticate = 406,
    SessionTimeout = 500,
    SessionFailed = 501,
    NoSessionKey = 502,
    SessionNotSupported = 503,
    SessionKeyInvalid = 504,
    SessionMessageRejected = 505,
}
