using System.Reflection;
using System.Text;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Whatever two servers of different versions must agree on to understand each other, and a server to read what an earlier one
/// stored, as text.</summary>
internal static class WireNames
{
    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var line in ProductTypes.Grains.Select(Grain).Order(StringComparer.Ordinal)) text.AppendLine(line);
        foreach (var type in ProductTypes.GrainInterfaces.OrderBy(NameOf, StringComparer.Ordinal)) Interface(text, type);
        foreach (var type in ProductTypes.Serialized.OrderBy(NameOf, StringComparer.Ordinal)) Message(text, type);
        return text.ToString();
    }

    /// <summary>The alias of a type of ours, the name of another, with type arguments.</summary>
    public static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return NameOf(value) + "?";
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        var name = ProductTypes.AliasOf(type) ?? type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    private static string Grain(Type grain)
    {
        var contracts = grain.GetInterfaces().Where(ProductTypes.GrainInterfaces.Contains).Select(NameOf).Order(StringComparer.Ordinal);
        var states = ProductTypes.StatesOf(grain).Select(s => $", state {s.Name} {NameOf(s.State)}").Order(StringComparer.Ordinal);
        return $"grain {ProductTypes.GrainTypeOf(grain)} {string.Join(", ", contracts)}{string.Concat(states)}";
    }

    private static void Interface(StringBuilder text, Type type)
    {
        text.AppendLine($"interface {NameOf(type)}{AttributesOf(type)}");
        foreach (var method in type.GetMethods().Select(Method).Order(StringComparer.Ordinal)) text.AppendLine(method);
    }

    private static string Method(MethodInfo method)
    {
        var parameters = method.GetParameters().Select(p => $"{NameOf(p.ParameterType)} {p.Name}");
        return $"  {ProductTypes.AliasOf(method) ?? method.Name}({string.Join(", ", parameters)}) {NameOf(method.ReturnType)}{AttributesOf(method)}";
    }

    /// <summary>What its attributes say of how a call is made and treated.</summary>
    private static string AttributesOf(MemberInfo declared)
    {
        var names = declared.GetCustomAttributesData().Where(a => IsOfGrains(a.AttributeType)).Select(Attribute).Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "" : $" [{string.Join(", ", names)}]";
    }

    private static bool IsOfGrains(Type attribute) =>
        attribute != typeof(AliasAttribute) && attribute.Namespace is { } space
            && (space.StartsWith("Orleans", StringComparison.Ordinal) || space.StartsWith("Plumbline.Contracts", StringComparison.Ordinal));

    private static string Attribute(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal);
        return attribute.ConstructorArguments.Count == 0 ? name : $"{name} {string.Join(", ", attribute.ConstructorArguments.Select(a => a.Value))}";
    }

    private static void Message(StringBuilder text, Type type)
    {
        text.AppendLine($"{(type.IsEnum ? "enum" : "message")} {NameOf(type)}");
        foreach (var member in type.IsEnum ? Numbers(type) : Members(type)) text.AppendLine($"  {member}");
    }

    private static IEnumerable<string> Members(Type type) =>
        ProductTypes.MembersOf(type).OrderBy(m => m.Id).Select(m => $"{m.Id} {m.Member.Name} {NameOf(m.Member.PropertyType)}");

    private static IEnumerable<string> Numbers(Type type) =>
        Enum.GetNames(type).Select(name => (Number: Convert.ToInt64(Enum.Parse(type, name)), name)).Order().Select(m => $"{m.Number} {m.name}");
}
