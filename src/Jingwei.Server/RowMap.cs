using System.Reflection;
using Dapper;

namespace Jingwei.Server;

/// <summary>
/// How rows become records. Of an answer without rows SQLite cannot say what kind its computed columns are, so that by their types no constructor fits; then the
/// one does whose parameters have the columns' names.
/// </summary>
internal sealed class RowMap(Type type) : SqlMapper.ITypeMap
{
    private readonly DefaultTypeMap byType = new(type);

    /// <summary>Has all rows read so.</summary>
    public static void Use() => SqlMapper.TypeMapProvider = static type => new RowMap(type);

    public ConstructorInfo? FindConstructor(string[] names, Type[] types) => byType.FindConstructor(names, types) ?? type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .FirstOrDefault(each => each.GetParameters() is { Length: > 0 } parameters && parameters.Select(parameter => parameter.Name).SequenceEqual(names, StringComparer.OrdinalIgnoreCase));

    public ConstructorInfo? FindExplicitConstructor() => byType.FindExplicitConstructor();

    public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) => byType.GetConstructorParameter(constructor, columnName);

    public SqlMapper.IMemberMap? GetMember(string columnName) => byType.GetMember(columnName);
}
