using System.Linq.Expressions;
using System.Reflection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Compiles a field that calls a resolver method.</summary>
internal sealed class MethodBinding(InputBinding inputs, RequestServices services, List<string> errors)
{
    private static readonly Lazy<Func<object?, object?[], RequestExecution, FieldPlan, object?>> NoStream =
        new((_, _, _, plan) => throw new InvalidOperationException($"{plan.Field} is a stream; subscribe to it."));

    private readonly ParameterExpression _parent = Expression.Parameter(typeof(object), "parent");
    private readonly ParameterExpression _arguments = Expression.Parameter(typeof(object?[]), "arguments");
    private readonly ParameterExpression _execution = Expression.Parameter(typeof(RequestExecution), "execution");
    private readonly ParameterExpression _plan = Expression.Parameter(typeof(FieldPlan), "plan");

    public FieldResolver Compile(FieldDefinition field, MethodInfo method, object target)
    {
        var converters = new Func<object?, object?>?[field.Arguments.Length];
        var parameters = Array.ConvertAll(method.GetParameters(), p => Argument(field, method, p, converters));
        foreach (var missing in field.Arguments.Where(a => converters[a.Index] is null))
            errors.Add($"Argument {field}({missing.Name}:) has no parameter in {Where(method)}.");
        var call = Expression.Call(Expression.Constant(target), method, parameters);
        var isStream = field.Owner.Name == "Subscription" || ClrShape.Implemented(method.ReturnType, typeof(IAsyncEnumerable<>)) is not null;
        return new FieldResolver
        {
            ArgumentConverters = Array.ConvertAll(converters, c => c ?? (value => value)),
            MayWait = ClrShape.IsAwaitable(method.ReturnType),
            Resolve = isStream ? NoStream : new(Call(call).Compile),
            Subscribe = isStream && Stream(call) is { } stream ? new(stream.Compile) : null,
        };
    }

    private Expression<Func<object?, object?[], RequestExecution, FieldPlan, object?>> Call(MethodCallExpression call)
    {
        var type = call.Type;
        Expression body = ClrShape.IsAwaitable(type)
            ? Expression.Call(
                typeof(Awaiting),
                type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(Awaiting.OfTask) : nameof(Awaiting.OfValueTask),
                type.GetGenericArguments(), call)
            : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object?, object?[], RequestExecution, FieldPlan, object?>>(body, _parent, _arguments, _execution, _plan);
    }

    private Expression<Func<object?[], RequestExecution, FieldPlan, IAsyncEnumerable<object?>>>? Stream(MethodCallExpression call)
    {
        if (ClrShape.Implemented(call.Type, typeof(IAsyncEnumerable<>)) is not { } item) return null;
        var body = Expression.Call(
            typeof(Awaiting), nameof(Awaiting.OfStream), [item], call,
            Expression.Property(_execution, nameof(RequestExecution.CancellationToken)));
        return Expression.Lambda<Func<object?[], RequestExecution, FieldPlan, IAsyncEnumerable<object?>>>(body, _arguments, _execution, _plan);
    }

    private Expression Argument(FieldDefinition field, MethodInfo method, ParameterInfo parameter, Func<object?, object?>?[] converters)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<ParentAttribute>() is not null) return Expression.Convert(_parent, type);
        if (parameter.GetCustomAttribute<IsSelectedAttribute>() is { } asked) return IsSelected(field, method, parameter, asked.FieldName);
        if (type == typeof(CancellationToken)) return Expression.Property(_execution, nameof(RequestExecution.CancellationToken));
        if (type == typeof(GraphQLRequestContext)) return Expression.Property(_execution, nameof(RequestExecution.Context));
        if (type == typeof(Schema)) return Expression.Property(_execution, nameof(RequestExecution.Schema));
        if (type.IsSubclassOf(typeof(BatchLoader))) return Expression.Call(_execution, nameof(RequestExecution.Loader), [type]);
        if (services.Include(type)) return services.Get(type, Expression.Property(_execution, nameof(RequestExecution.Context)));
        if (Array.Find(field.Arguments, a => Names.Matches(a.Name, parameter)) is { } argument)
            return FromArgument(field, method, parameter, argument, converters);
        errors.Add($"Parameter {parameter.Name} of {Where(method)} is not an argument of {field}, a [Parent], a batch loader or a service.");
        return Expression.Default(type);
    }

    private Expression IsSelected(FieldDefinition field, MethodInfo method, ParameterInfo parameter, string name)
    {
        if (parameter.ParameterType != typeof(bool)) errors.Add($"[IsSelected(\"{name}\")] {parameter.Name} of {Where(method)} must be a bool.");
        else if (field.Type.Named is not ObjectType type) errors.Add($"[IsSelected(\"{name}\")] of {Where(method)}: {field} is of no object type.");
        else if (!type.Fields.ContainsKey(name)) errors.Add($"[IsSelected(\"{name}\")] of {Where(method)}: {type} has no field of that name.");
        else return Expression.Call(_plan, nameof(FieldPlan.Selects), null, Expression.Constant(name));
        return Expression.Default(parameter.ParameterType);
    }

    private UnaryExpression FromArgument(
        FieldDefinition field, MethodInfo method, ParameterInfo parameter, InputValue argument, Func<object?, object?>?[] converters)
    {
        var type = parameter.ParameterType;
        var optionality = Optionality.Of(type, Nullness.Of(parameter), parameter, argument);
        converters[argument.Index] = inputs.Converter(argument.Type, type, optionality, $"Argument {field}({argument.Name}:) of {Where(method)}");
        return Expression.Convert(Expression.ArrayIndex(_arguments, Expression.Constant(argument.Index)), type);
    }

    public static string Where(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
