namespace Jingwei.Identifiers.Handle;

/// <summary>How the REST interface of a Handle.Net server says a response code in HTTP (technical manual, 14).</summary>
public static class HandleHttpStatus
{
    /// <summary>The status of an answer. Values that are not there are 200 when resolving: the handle itself is.</summary>
    /// <param name="code">How the request ended.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="overwrote">Whether what was made may have been there before (`overwrite`): 200 instead of 201.</param>
    public static int Of(HandleResponseCode code, HandleOperation operation, bool overwrote = false) => code switch
    {
        HandleResponseCode.Success when !overwrote && operation is HandleOperation.CreateHandle or HandleOperation.AddValue => 201,
        HandleResponseCode.Success => 200,
        HandleResponseCode.ValuesNotFound => operation == HandleOperation.Resolution ? 200 : 400,
        HandleResponseCode.ServiceReferral or HandleResponseCode.PrefixReferral => 300,
        HandleResponseCode.ProtocolError or HandleResponseCode.InvalidHandle or HandleResponseCode.InvalidValue or HandleResponseCode.ServerNotResponsible => 400,
        HandleResponseCode.AuthenticationNeeded => 401,
        HandleResponseCode.InvalidAdmin or HandleResponseCode.InsufficientPermissions or HandleResponseCode.AuthenticationFailed or HandleResponseCode.InvalidCredential => 403,
        HandleResponseCode.HandleNotFound => 404,
        HandleResponseCode.HandleAlreadyExists or HandleResponseCode.ValueAlreadyExists => 409,
        HandleResponseCode.OperationDenied => 501,
        HandleResponseCode.ServerBusy or HandleResponseCode.ServerBackup => 503,
        _ => 500,
    };
}
