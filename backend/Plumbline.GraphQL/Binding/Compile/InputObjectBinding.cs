using System.Reflection;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>How an input object becomes a record: constructor parameters, then settable properties.</summary>
internal sealed class InputObjectBinding
{
    public ConstructorInfo? Constructor { get; set; }

    public InputMember[] Parameters { get; set; } = [];

    public List<(PropertyInfo Property, InputMember Member)> Properties { get; } = [];

    public object Create(object?[] values)
    {
        var arguments = new object?[Parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Parameters[i].Convert(values);
        var created = Constructor!.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
        foreach (var (property, member) in Properties) property.SetValue(created, member.Convert(values));
        return created;
    }
}

/// <summary>One member of a record, fed by one field of the input.</summary>
internal sealed class InputMember(int index, Func<object?, object?> convert)
{
    public object? Convert(object?[] values) => convert(index < 0 ? null : values[index]);
}

/// <summary>What C# makes of an input that is not given or null.</summary>
/// <param name="IsRequiredByClr">C# allows no null and has no default.</param>
/// <param name="HasSchemaDefault">The schema fills a default in.</param>
/// <param name="Default">Used when the input was not given.</param>
/// <param name="ForNull">Used when the input is null.</param>
/// <param name="NullStandsFor">The schema's default, coerced, where C# allows no null: a null then means it too.</param>
internal readonly record struct Optionality(bool IsRequiredByClr, bool HasSchemaDefault, object? Default, object? ForNull, object? NullStandsFor)
{
    public static Optionality Of(Type clr, bool mayBeNull, ParameterInfo? parameter, Types.InputValue input)
    {
        var hasClrDefault = parameter is { HasDefaultValue: true };
        var zero = clr.IsValueType && Nullable.GetUnderlyingType(clr) is null && !ClrShape.IsOptional(clr) ? Activator.CreateInstance(clr) : null;
        var fallback = hasClrDefault ? parameter!.DefaultValue ?? zero : zero;
        return new Optionality(
            !mayBeNull && !hasClrDefault, input.DefaultLiteral is not null, fallback, mayBeNull ? null : fallback,
            mayBeNull ? null : input.Default);
    }
}
