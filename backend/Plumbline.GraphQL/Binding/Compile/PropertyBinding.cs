using System.Linq.Expressions;
using System.Reflection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Compiles a field that reads a property of the parent.</summary>
internal static class PropertyBinding
{
    public static FieldResolver Compile(FieldDefinition field, PropertyInfo property, EnumBinding enums)
    {
        var write = field.Type.Nullable.IsLeaf ? Write(field, property, enums) : null;
        return new FieldResolver
        {
            Resolve = new(() => CompileGet(property)),
            WriteLeaf = write is null ? null : new(write.Compile),
        };
    }

    private static Func<object?, object?[], RequestExecution, FieldPlan, object?> CompileGet(PropertyInfo property)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var get = Expression.Lambda<Func<object, object?>>(Expression.Convert(Read(parent, property), typeof(object)), parent).Compile();
        return (value, _, _, _) => get(value!);
    }

    // Made at the start, so that a type that cannot be written is refused then.
    private static Expression<Func<object, ResultWriter, bool>> Write(FieldDefinition field, PropertyInfo property, EnumBinding enums)
    {
        var parent = Expression.Parameter(typeof(object), "parent");
        var writer = Expression.Parameter(typeof(ResultWriter), "writer");
        var body = WriteUnlessNull(field.Type.Nullable, Read(parent, property), writer, enums);
        return Expression.Lambda<Func<object, ResultWriter, bool>>(body, parent, writer);
    }

    private static MemberExpression Read(ParameterExpression parent, PropertyInfo property) =>
        Expression.Property(Expression.Convert(parent, property.ReflectedType!), property);

    private static BlockExpression WriteUnlessNull(GraphQLType leaf, Expression value, ParameterExpression writer, EnumBinding enums)
    {
        var local = Expression.Variable(value.Type, "value");
        var isNullable = Nullable.GetUnderlyingType(value.Type) is not null;
        if (value.Type.IsValueType && !isNullable) return Expression.Block(LeafExpressions.Write(leaf, value, writer, enums), Expression.Constant(true));
        var isNull = isNullable
            ? Expression.Not(Expression.Property(local, "HasValue"))
            : (Expression)Expression.ReferenceEqual(local, Expression.Constant(null));
        Expression present = isNullable ? Expression.Call(local, value.Type.GetMethod("GetValueOrDefault", [])!) : local;
        return Expression.Block(
            [local],
            Expression.Assign(local, value),
            Expression.Condition(
                isNull, Expression.Constant(false),
                Expression.Block(LeafExpressions.Write(leaf, present, writer, enums), Expression.Constant(true))));
    }
}
