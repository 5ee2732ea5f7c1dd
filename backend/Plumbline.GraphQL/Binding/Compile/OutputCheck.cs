using System.Reflection;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Checks at start-up that what C# returns can be written as the schema says, nullability included.</summary>
internal sealed class OutputCheck(EnumBinding enums, List<string> errors)
{
    /// <summary>Checks one member against one field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="clr">What the member returns.</param>
    /// <param name="open">The same as its generic type declares it: what a type parameter may be says nothing about null.</param>
    /// <param name="info">C#'s annotations, or null where they are not to be looked at.</param>
    /// <param name="where">The member, for messages.</param>
    public void Check(FieldDefinition field, Type clr, Type open, NullabilityInfo? info, string where) =>
        Check(field.Type, clr, open, info, $"{field} ({where})");

    private void Check(GraphQLType type, Type clr, Type? open, NullabilityInfo? info, string where)
    {
        if (open is { IsGenericParameter: true }) info = null;
        if (type.IsNonNull && info is not null && Nullness.MayBeNull(info))
            errors.Add($"{where} is {type} in the schema but may be null in C#.");
        var value = ClrShape.NotNullable(clr);
        switch (type.Nullable)
        {
            case ListType list:
                if (ClrShape.Item(value) is { } item) Check(list.Item, item, open is null ? null : ClrShape.Item(open), ItemInfo(info), $"{where} item");
                else errors.Add($"{where} is a list in the schema but {ClrShape.Name(clr)} in C#.");
                break;
            case ScalarType scalar when !scalar.Codec.Writes(value):
                errors.Add($"{where} is {scalar} in the schema and cannot be written from {ClrShape.Name(clr)}.");
                break;
            case EnumType choice when value.IsEnum:
                enums.Bind(choice, value, where);
                break;
            case EnumType choice when value != typeof(string):
                errors.Add($"{where} is enum {choice} in the schema and cannot be written from {ClrShape.Name(clr)}.");
                break;
        }
    }

    private static NullabilityInfo? ItemInfo(NullabilityInfo? info) =>
        info?.ElementType ?? (info?.GenericTypeArguments.Length == 1 ? info.GenericTypeArguments[0] : null);
}
