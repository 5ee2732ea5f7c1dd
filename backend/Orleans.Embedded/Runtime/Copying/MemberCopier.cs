using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime.Copying;

/// <summary>Copies a marked type by its serialized members; the others keep what a fresh object has.</summary>
internal sealed class MemberCopier(Type type) : TypeCopier
{
    private readonly FieldInfo[] _fields = [.. SerializedMembers.FieldsOf(type)];
    private readonly ConstructorInfo? _constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);

    public override bool IsValue => type.IsValueType;

    public override object Copy(object value, CopyContext context)
    {
        if (value is Exception) return Checked(value, context);
        var copy = _constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : _constructor.Invoke(null);
        if (!IsValue) context.Know(value, copy);
        foreach (var field in _fields) field.SetValue(copy, context.Copy(field.GetValue(value)));
        return copy;
    }

    /// <summary>A marked exception keeps its stack; its members must be sendable all the same.</summary>
    private object Checked(object exception, CopyContext context)
    {
        foreach (var field in _fields) context.Copy(field.GetValue(exception));
        return exception;
    }
}

/// <summary>Which members of a marked type are serialized: those with an [Id], and the parameters of a record's primary constructor.</summary>
internal static class SerializedMembers
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static bool IsMarked(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var current = type; current is not null && IsMarked(current); current = current.BaseType)
        {
            var positional = PositionalNames(current);
            foreach (var field in current.GetFields(Declared))
            {
                var property = field.Name.StartsWith('<') ? current.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Declared) : null;
                if (field.IsDefined(typeof(IdAttribute)) || property?.IsDefined(typeof(IdAttribute)) == true || (property is not null && positional.Contains(property.Name))) yield return field;
            }
        }
    }

    /// <summary>The positional members of a record: a record is known by the clone method that the compiler gives it, a record struct by its printer.</summary>
    private static HashSet<string> PositionalNames(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null || type.GetMethod("PrintMembers", Declared) is not null;
        if (!isRecord || !type.GetCustomAttribute<GenerateSerializerAttribute>()!.IncludePrimaryConstructorParameters) return [];
        var deconstruct = type.GetMethods(Declared).Where(m => m.Name == "Deconstruct").MaxBy(m => m.GetParameters().Length);
        return deconstruct is null ? [] : [.. deconstruct.GetParameters().Select(p => p.Name!)];
    }
}
