using System.Reflection;
using System.Text.Json;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>How names of the schema and of C# meet.</summary>
internal static class Names
{
    /// <summary>Field and argument names differ from C# names in case alone; a method may end in Async.</summary>
    public static bool Matches(string schemaName, MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } given) return given.Name == schemaName;
        return Same(schemaName, member.Name)
            || (member is MethodInfo && member.Name.EndsWith("Async", StringComparison.Ordinal) && Same(schemaName, member.Name[..^5]));
    }

    public static bool Matches(string schemaName, ParameterInfo parameter) =>
        parameter.GetCustomAttribute<GraphQLNameAttribute>() is { } given ? given.Name == schemaName : Same(schemaName, parameter.Name!);

    /// <summary>FIVE_MINUTES is FiveMinutes, and nothing else is: the rule of the servers that make schemas from .NET types.</summary>
    public static bool MatchesEnum(string schemaName, FieldInfo member) =>
        schemaName == (member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.Name));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
