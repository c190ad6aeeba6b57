using System.Text;
using Jingwei.Civic;
using Jingwei.Civic.Cap;

namespace Jingwei.Tests.Civic;

/// <summary>Alerts to change one thing in, after those of google/cap-library's CapXmlParserTest (Apache-2.0).</summary>
internal static class CapSample
{
    public const string V12 = "urn:oasis:names:tc:emergency:cap:1.2";
    public const string V11 = "urn:oasis:names:tc:emergency:cap:1.1";

    public const string Area = "<area><areaDesc>U.S. nationwide</areaDesc></area>";

    public const string Info = """
        <info>
        <category>Security</category>
        <category>Safety</category>
        <event>Homeland Security Advisory System Update</event>
        <urgency>Unknown</urgency>
        <severity>Unknown</severity>
        <certainty>Unknown</certainty>
        <senderName>Department of Homeland Security</senderName>
        <headline>Homeland Security Sets Code ORANGE</headline>
        <description>DHS has set the threat level to ORANGE.</description>
        <instruction>Take Protective Measures.</instruction>
        <web>http://www.dhs.gov/dhspublic/display?theme=29</web>
        <area><areaDesc>U.S. nationwide</areaDesc></area>
        </info>

        """;

    /// <summary>A whole alert with that between its incidents and its end.</summary>
    public static string Alert(string infos = Info, string version = V12) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="{version}">
        <identifier>43b080713727</identifier>
        <sender>hsas@dhs.gov</sender>
        <sent>2003-04-02T14:39:01-05:00</sent>
        <status>Actual</status>
        <msgType>Alert</msgType>
        <source>a source</source>
        <scope>Private</scope>
        <addresses>"address 1" address2</addresses>
        <code>abcde</code>
        <code>fghij</code>
        <note>a note</note>
        <references>a,b,2002-04-02T14:39:01-05:00 </references>
        <incidents>incident1 incident2</incidents>
        {infos}</alert>
        """;

    /// <summary>An alert whose area holds that beside its description.</summary>
    public static string WithArea(string inner, string version = V12) => Alert(Info.Replace("nationwide</areaDesc>", $"nationwide</areaDesc>{inner}"), version);

    public static CapReading Read(string document, bool lenient = false) => CapReader.Read(Encoding.UTF8.GetBytes(document), new() { IsLenient = lenient });

    /// <summary>The errors as code and path.</summary>
    public static IEnumerable<string> Errors(CapReading reading) =>
        reading.Problems.Where(problem => problem.Level == ProblemLevel.Error).Select(problem => $"{problem.Code} {problem.Path}");
}
