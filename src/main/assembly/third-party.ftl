<#-- A line a library: licence, name, coordinates, home page. dependencyMap has entries of project and licences. -->
The ${dependencyMap?size} libraries in lib/, each with its licences; where there are several, you may choose one. NOTICE says what some of them hold.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.groupId}:${project.artifactId}:${project.version} | ${entry.getValue()?join(" or ")} | ${project.name}<#if project.url?has_content> | ${project.url}</#if>
</#list>
