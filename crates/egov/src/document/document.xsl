<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8"/>
  <xsl:template match="/DOC">
    <html lang="ja">
      <head>
        <title><xsl:value-of select="BODY/TITLE"/></title>
        <style>
          body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font-family: serif; line-height: 1.8; }
          .head, .author { text-align: right; }
          h1 { font-size: 1.3rem; text-align: center; margin: 2rem 0; }
          h2 { font-size: 1rem; font-weight: normal; text-align: center; }
        </style>
      </head>
      <body>
        <p class="head">
          <xsl:value-of select="BODY/DOCNO"/><br/>
          <xsl:value-of select="BODY/DATE"/>
        </p>
        <p>
          <xsl:value-of select="BODY/TO/AFF"/><br/>
          <xsl:value-of select="BODY/TO/NAME"/>
          <xsl:text>　</xsl:text>
          <xsl:value-of select="BODY/TO/HONORIFC"/>
        </p>
        <p class="author">
          <xsl:value-of select="BODY/AUTHOR/AFF"/><br/>
          <xsl:value-of select="BODY/AUTHOR/NAME"/>
        </p>
        <h1><xsl:value-of select="BODY/TITLE"/></h1>
        <xsl:apply-templates select="BODY/MAINTXT/P"/>
        <h2><xsl:value-of select="BODY/MAINTXT2/MT2TITLE"/></h2>
        <xsl:apply-templates select="BODY/MAINTXT2/MT2TEXT/P"/>
        <xsl:apply-templates select="BODY/REFERENC/P"/>
      </body>
    </html>
  </xsl:template>
  <xsl:template match="P">
    <p><xsl:value-of select="."/></p>
  </xsl:template>
</xsl:stylesheet>
