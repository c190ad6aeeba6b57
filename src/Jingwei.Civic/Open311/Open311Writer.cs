namespace Jingwei.Civic.Open311;

public enum Open311Format
{
    Xml,
    Json,
}

/// <summary>Writes the answers of GeoReport v2 in UTF-8: XML without a namespace, or JSON by the Spark convention, which is the XML with arrays for lists, null for nothing, and no root.</summary>
/// <remarks>Codes and ids are strings in JSON: some begin with a zero. Characters that XML does not have are written as U+FFFD.</remarks>
public static class Open311Writer
{
    /// <summary>The Content-Type of an answer.</summary>
    public static string ContentType(Open311Format format) => format == Open311Format.Xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";

    public static void Write(Stream stream, Open311Format format, IEnumerable<ServiceListing> services) => Write(stream, format, fields => fields.List("services", "service", services, Service));

    public static void Write(Stream stream, Open311Format format, ServiceDefinition definition) => Write(stream, format, fields => fields.Object("service_definition", () =>
    {
        fields.Text("service_code", definition.ServiceCode);
        fields.List("attributes", "attribute", definition.Attributes, Attribute);
    }));

    public static void Write(Stream stream, Open311Format format, IEnumerable<ServiceRequest> requests) => Write(stream, format, fields => fields.List("service_requests", "request", requests, Request));

    public static void Write(Stream stream, Open311Format format, RequestReceipt receipt) => Write(stream, format, fields => fields.List("service_requests", "request", [receipt], Receipt));

    public static void Write(Stream stream, Open311Format format, RequestToken token) => Write(stream, format, fields => fields.List("service_requests", "request", [token], Token));

    public static void Write(Stream stream, Open311Format format, IEnumerable<Open311Error> errors) => Write(stream, format, fields => fields.List("errors", "error", errors, Error));

    private static void Write(Stream stream, Open311Format format, Action<FieldWriter> write)
    {
        using FieldWriter fields = format == Open311Format.Xml ? new XmlFields(stream) : new JsonFields(stream);
        write(fields);
    }

    private static void Service(FieldWriter fields, ServiceListing service)
    {
        fields.Text("service_code", service.ServiceCode);
        fields.Text("service_name", service.ServiceName);
        fields.Text("description", service.Description);
        fields.Flag("metadata", service.HasDefinition);
        fields.Choice("type", service.Type);
        fields.Text("keywords", string.Join(", ", service.Keywords));
        fields.Text("group", service.Group);
    }

    private static void Attribute(FieldWriter fields, ServiceQuestion attribute)
    {
        fields.Flag("variable", attribute.IsVariable);
        fields.Text("code", attribute.Code);
        fields.Choice("datatype", attribute.Datatype);
        fields.Flag("required", attribute.IsRequired);
        fields.Text("datatype_description", attribute.DatatypeDescription);
        fields.Number("order", attribute.Order);
        fields.Text("description", attribute.Description);
        if (attribute.Datatype is AttributeDatatype.SingleValueList or AttributeDatatype.MultiValueList)
        {
            fields.List("values", "value", attribute.Values, Value);
        }
    }

    private static void Value(FieldWriter fields, AnswerChoice value)
    {
        fields.Text("key", value.Key);
        fields.Text("name", value.Name);
    }

    private static void Request(FieldWriter fields, ServiceRequest request)
    {
        fields.Text("service_request_id", request.ServiceRequestId);
        fields.Choice("status", request.Status);
        fields.Text("status_notes", request.StatusNotes);
        fields.Text("service_name", request.ServiceName);
        fields.Text("service_code", request.ServiceCode);
        fields.Text("description", request.Description);
        fields.Text("agency_responsible", request.AgencyResponsible);
        fields.Text("service_notice", request.ServiceNotice);
        fields.Time("requested_datetime", request.RequestedDatetime);
        fields.Time("updated_datetime", request.UpdatedDatetime);
        fields.Time("expected_datetime", request.ExpectedDatetime);
        fields.Text("address", request.Address);
        fields.Text("address_id", request.AddressId);
        fields.Text("zipcode", request.Zipcode);
        fields.Number("lat", request.Point?.Latitude);
        fields.Number("long", request.Point?.Longitude);
        fields.Text("media_url", request.MediaUrl);
    }

    // An id and a token exclude each other.
    private static void Receipt(FieldWriter fields, RequestReceipt receipt)
    {
        fields.Text(receipt.Token is null ? "service_request_id" : "token", receipt.Token ?? receipt.ServiceRequestId);
        fields.Text("service_notice", receipt.ServiceNotice);
        fields.Text("account_id", receipt.AccountId);
    }

    private static void Token(FieldWriter fields, RequestToken token)
    {
        fields.Text("service_request_id", token.ServiceRequestId);
        fields.Text("token", token.Token);
    }

    private static void Error(FieldWriter fields, Open311Error error)
    {
        fields.Number("code", error.Code);
        fields.Text("description", error.Description);
    }
}
