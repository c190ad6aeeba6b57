using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Jingwei.Tests;

namespace Jingwei.Conformance.Civic;

/// <summary>The published schemas of CAP, by the framework's validator.</summary>
internal sealed class CapXsd
{
    private readonly XmlSchemaSet schemas = new();

    public CapXsd()
    {
        var folder = External.Vectors("cap", "open", "schema");
        foreach (var file in new[] { "cap11.xsd", "cap12.xsd" })
        {
            using var reader = XmlReader.Create(Path.Combine(folder, file));
            schemas.Add(XmlSchema.Read(reader, null)!);
        }

        schemas.Compile();
    }

    /// <summary>What the schema has against a document; a signature's own schema is not asked (processContents="lax").</summary>
    public List<string> Faults(XDocument document)
    {
        var faults = new List<string>();
        document.Validate(schemas, (_, fault) =>
        {
            if (fault.Severity == XmlSeverityType.Error)
            {
                faults.Add(fault.Message);
            }
        });
        return faults;
    }

    public List<string> Faults(byte[] document) => Faults(XDocument.Load(new MemoryStream(document)));
}
