namespace Jingwei.Identifiers.Handle;

/// <summary>What a message asks for: the OpCode (RFC 3652, 2.2.2.1).</summary>
public enum HandleOperation
{
    Reserved = 0,
    Resolution = 1,
    GetSiteInfo = 2,
    CreateHandle = 100,
    DeleteHandle = 101,
    AddValue = 102,
    RemoveValue = 103,
    ModifyValue = 104,
    ListHandles = 105,

    /// <summary>RFC 3652 calls it OC_CHALLENGE_RESPONSE: the answer of a client to a challenge.</summary>
    ChallengeResponse = 200,

    /// <summary>Asks the server of a secret key whether a challenge was answered with it.</summary>
    VerifyResponse = 201,
    HomePrefix = 300,
    UnhomePrefix = 301,
    ListHomedPrefixes = 302,
    SessionSetup = 400,
    SessionTerminate = 401,
    SessionExchangeKey = 402,
}
