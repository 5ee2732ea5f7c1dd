using System.Reflection;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Makes converters from coerced input values to the .NET types of parameters, input objects to records.</summary>
internal sealed class InputBinding(EnumBinding enums, List<string> errors)
{
    private readonly Dictionary<(InputObjectType, Type), InputObjectBinding> _objects = [];

    /// <summary>A converter for one argument or input field.</summary>
    /// <param name="absent">What stands in for an argument that was not given: the parameter's own default, or null.</param>
    public Func<object?, object?> Converter(GraphQLType type, Type clr, Optionality absent, string where)
    {
        if (ClrShape.IsOptional(clr)) return OptionalConverter(type, clr, where);
        if (absent.IsRequiredByClr && !type.IsNonNull && !absent.HasSchemaDefault)
            errors.Add($"{where} may be null in the schema ({type}) but not in C# ({ClrShape.Name(clr)}); make it nullable, an Optional<T>, or "
                + "give it a default.");
        var convert = Value(type, clr, where);
        if (absent.NullStandsFor is { } standIn) return value => value == InputObjectValue.Absent ? absent.Default : convert(value ?? standIn);
        return value => value == InputObjectValue.Absent ? absent.Default : value is null ? absent.ForNull : convert(value);
    }

    private Func<object?, object?> OptionalConverter(GraphQLType type, Type clr, string where)
    {
        var inner = clr.GetGenericArguments()[0];
        var convert = Value(type, inner, where);
        var create = clr.GetConstructor([inner])!;
        var none = Activator.CreateInstance(clr);
        return value => value == InputObjectValue.Absent ? none : create.Invoke([value is null ? null : convert(value)]);
    }

    private Func<object, object> Value(GraphQLType type, Type clr, string where)
    {
        var target = ClrShape.NotNullable(clr);
        switch (type.Nullable)
        {
            case ListType list: return List(list, target, where);
            case ScalarType scalar:
                if (scalar.Codec.ReadsAs(target)) return value => scalar.Codec.ConvertTo(value, target);
                break;
            case EnumType choice:
                if (target == typeof(string)) return value => ((EnumValue)value).Name;
                if (!target.IsEnum) break;
                var members = enums.Read(choice, target, where);
                return value => members[(EnumValue)value];
            case InputObjectType input: return Object(input, target, where);
        }
        errors.Add($"{where} of type {type} cannot become a {ClrShape.Name(clr)}.");
        return value => value;
    }

    private Func<object, object> List(ListType type, Type clr, string where)
    {
        if (ClrShape.Item(clr) is not { } item || ClrShape.FromArray(clr) is not { } collect)
        {
            errors.Add($"{where} of type {type} cannot become a {ClrShape.Name(clr)}; take an array, IReadOnlyList<T>, List<T>, ImmutableArray<T> "
                + "or HashSet<T>.");
            return value => value;
        }
        var convert = Value(type.Item, item, where);
        return value =>
        {
            var items = (object?[])value;
            var array = Array.CreateInstance(item, items.Length);
            for (var i = 0; i < items.Length; i++) array.SetValue(items[i] is null ? null : convert(items[i]!), i);
            return collect(array);
        };
    }

    private Func<object, object> Object(InputObjectType type, Type clr, string where)
    {
        if (!_objects.TryGetValue((type, clr), out var binding))
        {
            binding = _objects[(type, clr)] = new InputObjectBinding();
            Bind(binding, type, clr, where);
        }
        return value => binding.Create(((InputObjectValue)value).Values);
    }

    private void Bind(InputObjectBinding binding, InputObjectType type, Type clr, string where)
    {
        var constructors = clr.IsAbstract || clr.IsInterface ? [] : clr.GetConstructors();
        if (constructors.Length == 0)
        {
            errors.Add($"{where}: input {type} cannot become a {ClrShape.Name(clr)}, which has no public constructor.");
            return;
        }
        var constructor = constructors.MaxBy(c => c.GetParameters().Length)!;
        binding.Constructor = constructor;
        HashSet<string> used = new(StringComparer.Ordinal);
        binding.Parameters = Array.ConvertAll(
            constructor.GetParameters(),
            parameter =>
                Member(type, parameter, parameter.ParameterType, Nullness.Of(parameter), n => Names.Matches(n, parameter), parameter.Name!, clr, used));
        foreach (var property in clr.GetProperties().Where(p => p.SetMethod is { IsPublic: true }
            && !constructor.GetParameters().Any(c => string.Equals(c.Name, p.Name, StringComparison.OrdinalIgnoreCase))))
        {
            if (!type.Fields.Keys.Any(n => Names.Matches(n, property))) continue;
            binding.Properties.Add((
                property,
                Member(type, null, property.PropertyType, Nullness.Of(property), n => Names.Matches(n, property), property.Name, clr, used)));
        }
        foreach (var field in type.Fields.Values.Where(f => !used.Contains(f.Name)))
            errors.Add($"Input field {type}.{field.Name} has no member in {ClrShape.Name(clr)}.");
    }

    private InputMember Member(
        InputObjectType type, ParameterInfo? parameter, Type clr, bool mayBeNull, Func<string, bool> matches, string name, Type owner, HashSet<string> used)
    {
        var field = type.Fields.Values.FirstOrDefault(f => matches(f.Name));
        if (field is null)
        {
            if (parameter is not { HasDefaultValue: true }) errors.Add($"{ClrShape.Name(owner)}.{name} has no field in input {type}.");
            return new InputMember(-1, _ => parameter?.DefaultValue);
        }
        used.Add(field.Name);
        var optionality = Optionality.Of(clr, mayBeNull, parameter, field);
        return new InputMember(field.Index, Converter(field.Type, clr, optionality, $"{type}.{field.Name} ({ClrShape.Name(owner)}.{name})"));
    }
}
